/** The server's side of the page: one request for each call, whose answer streams and can be taken up after a cut. */

/** The server tells something every five seconds; a stream that is silent for longer than this is dead. */
const SILENCE_MILLISECONDS = 20_000;
const RECONNECT_MILLISECONDS = [300, 1000, 2000, 4000, 5000, 5000, 5000, 5000];
const STOP_MILLISECONDS = 3000;

/** What went wrong: `kind` is unreachable, busy, login, failed or lost; the message is the server's, perhaps empty. */
export class CallError extends Error {
  constructor(kind, message = "", status = 0) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}

/**
 * One call. `listener` may have `started(eventId)`, `message(message)` for each message of the protocol, `values(values)`
 * with the outputs so far, and `connection(lost)`.
 */
export class Call {
  #name;
  #listener;
  #eventId = null;
  #position = 0;
  #values = null;
  #result = null;
  #stopping = false;
  #abort = new AbortController();

  /** Whether the server keeps what the call was made for; unknown before it answers. */
  kept = undefined;

  constructor(name, listener) {
    this.#name = name;
    this.#listener = listener;
  }

  /** Calls; resolves to the last message's output when the function has ended. */
  async start(body) {
    const answer = await request(`gradio_api/stream/${this.#name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: this.#abort.signal,
    });
    this.kept = answer.headers.get("confab-kept") !== "no";
    return this.#follow(answer);
  }

  /** Follows a call that was started before, from its beginning. */
  async resume(eventId) {
    this.#eventId = eventId;
    return this.#follow(null);
  }

  /** Ends the call; what there is of the result comes as if it had ended by itself. */
  async stop() {
    this.#stopping = true;
    if (this.#eventId !== null) {
      setTimeout(() => this.#abort.abort(), STOP_MILLISECONDS);
      await post("gradio_api/cancel", { event_id: this.#eventId }).catch(() => this.#abort.abort());
    }
  }

  /** Stops to follow, and leaves the call alone. */
  leave() {
    this.#abort.abort();
  }

  async #follow(first) {
    let answer = first;
    for (let attempt = 0; this.#result === null; ) {
      const before = this.#position;
      try {
        answer ??= await this.#again();
        await this.#read(answer);
      } catch (error) {
        if (error instanceof CallError && error.kind !== "unreachable") {
          throw error;
        }
      }
      answer = null;
      if (this.#abort.signal.aborted) {
        return { data: this.#values, cancelled: true };
      }
      if (this.#result === null) {
        attempt = this.#position > before ? 0 : attempt;
        if (this.#eventId === null || attempt === RECONNECT_MILLISECONDS.length) {
          throw new CallError(this.#eventId === null ? "unreachable" : "lost");
        }
        this.#listener.connection?.(true);
        await pause(RECONNECT_MILLISECONDS[attempt++]);
      }
    }
    return this.#result;
  }

  async #again() {
    const path = `gradio_api/stream/${this.#name}/${this.#eventId}?after=${this.#position}`;
    try {
      const answer = await request(path, { signal: this.#abort.signal });
      this.#listener.connection?.(false);
      return answer;
    } catch (error) {
      throw error.kind === "unreachable" || error.kind === "login" ? error : new CallError("lost");
    }
  }

  async #read(answer) {
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const silence = setTimeout(() => reader.cancel(), SILENCE_MILLISECONDS);
      const { value, done } = await reader.read().finally(() => clearTimeout(silence));
      if (done) {
        return;
      }
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop();
      blocks.forEach((block) => this.#take(block));
    }
  }

  #take(block) {
    const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s)));
    const message = JSON.parse(fields.data);
    if (fields.id) {
      this.#position = Number(fields.id.split(":")[1]);
    }
    if (message.event_id && this.#eventId === null) {
      this.#eventId = message.event_id;
      this.#listener.started?.(this.#eventId);
      if (this.#stopping) {
        this.stop();
      }
    }
    this.#apply(message);
    this.#listener.message?.(message);
  }

  #apply(message) {
    if (message.msg === "process_generating") {
      const data = message.output.data;
      this.#values = this.#values === null ? data : this.#values.map((value, i) => edited(value, data[i]));
      this.#listener.values?.(this.#values);
    } else if (message.msg === "process_completed") {
      if (!message.success) {
        throw new CallError("failed", message.output.error ?? "");
      }
      this.#result = message.output;
      this.#listener.values?.(message.output.data);
    }
  }
}

/** A request whose failures are told as a {@link CallError}. */
export async function request(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new CallError("unreachable");
  }
  if (answer.ok) {
    return answer;
  }
  if (answer.status === 401) {
    throw new CallError("login");
  }
  if ([502, 504].includes(answer.status)) {
    throw new CallError("unreachable");
  }
  const { detail, error } = await answer.json().catch(() => ({}));
  const told = detail ?? error ?? "";
  throw new CallError(answer.status === 503 ? "busy" : "failed", typeof told === "string" ? told : "", answer.status);
}

/** Sends JSON. */
export async function post(path, body) {
  const headers = { "content-type": "application/json" };
  return request(path, { method: "POST", headers, body: JSON.stringify(body) });
}

/** Sends files; the values that stand for them in calls. */
export async function upload(files) {
  const form = new FormData();
  files.forEach((file) => form.append("files", file));
  const paths = await (await request("gradio_api/upload", { method: "POST", body: form })).json();
  return paths.map((path, i) => ({ path, orig_name: files[i].name }));
}

/** Where a file that the server knows can be got, below a path of its own if it has one. */
export const addressOf = ({ path, below = "gradio_api" }) => `${below}/file=${path.split("/").map(encodeURIComponent).join("/")}`;

/** Waits, but no longer than until the browser says that the network is back. */
function pause(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
    addEventListener("online", resolve, { once: true });
  });
}

/** The value after a list of edits `[operation, path, value]`. */
export function edited(value, edits) {
  for (const [operation, path, operand] of edits) {
    if (path.length === 0) {
      value = operation === "append" ? value + operand : operand;
      continue;
    }
    const parent = path.slice(0, -1).reduce((node, key) => node[key], value);
    const key = path.at(-1);
    if (operation === "append") {
      parent[key] += operand;
    } else if (operation === "replace" || (operation === "add" && !Array.isArray(parent))) {
      parent[key] = operand;
    } else if (operation === "add") {
      parent.splice(key, 0, operand);
    } else if (Array.isArray(parent)) {
      parent.splice(key, 1);
    } else {
      delete parent[key];
    }
  }
  return value;
}
