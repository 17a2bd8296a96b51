/** Gets one reply from the server. */
import { placeInQueue } from "./message.js";
import { Call } from "./protocol.js";
import { text } from "./text.js";

const MAX_MESSAGES = 1000;
const MAX_CHARACTERS = 1 << 20;

/** A reply that is coming: keeps the message up to date and tells `watcher` of it. */
export class PendingReply {
  #takesFiles;
  #message;
  #watcher;
  #store;
  #call;

  /**
   * The function has a `name` and perhaps `takesFiles`; `watcher` has `grew()`, `waits(what, fraction)`, `notes(text)`,
   * `started()` and `ended()`.
   */
  constructor({ name, takesFiles }, conversation, message, store, watcher) {
    this.#takesFiles = takesFiles;
    this.conversation = conversation;
    this.#message = message;
    this.#store = store;
    this.#watcher = watcher;
    this.#call = new Call(name, {
      started: (event) => ((message.event = event), watcher.started()),
      values: ([reply]) => this.#grew(reply ?? ""),
      message: (news) => this.#news(news),
      connection: (lost) => watcher.waits(lost ? text.connectionLost : "", null),
    });
  }

  /** Asks for it. */
  ask(settings) {
    const { conversation } = this;
    const asked = conversation.before(this.#message).at(-1);
    const place = {
      id: conversation.id, title: conversation.title, message: asked.id, reply: this.#message.id,
      ...(asked.unsent ? { parent: asked.parent } : {}),
    };
    const history = historyOf(conversation.before(asked));
    const message = this.#takesFiles ? { text: asked.text, files: asked.files ?? [] } : asked.text;
    const body = { data: [message, ...settings], history, session_hash: conversation.id };
    if (!conversation.temporary) {
      body.conversation = place;
    }
    return this.#end(this.#call.start(body));
  }

  /** Takes up one that was asked for before the page was loaded. */
  resume() {
    return this.#end(this.#call.resume(this.#message.event));
  }

  stop() {
    return this.#call.stop();
  }

  /** The reply is a text, or at its end a message where there is more to it. */
  #grew(reply) {
    const { content, options } = typeof reply === "string" ? { content: [{ text: reply }] } : reply;
    const said = content.map((part) => part.text ?? "").join("");
    const files = content.flatMap((part) => part.file ?? []).map(({ path, orig_name }) => ({ path, orig_name }));
    Object.assign(this.#message, { files, options: (options ?? []).map(({ value }) => value) });
    if (said !== this.#message.text) {
      this.#message.text = said;
      this.#watcher.grew();
    }
  }

  #news(news) {
    const place = news.msg === "estimation" ? placeInQueue(news) : null;
    if (place) {
      this.#watcher.waits(place, null);
    } else if (news.msg === "process_starts") {
      this.#watcher.waits("", null);
    } else if (news.msg === "progress") {
      const [{ progress, desc }] = news.progress_data;
      this.#watcher.waits(desc ?? "", progress);
    } else if (news.msg === "log") {
      this.#watcher.notes(news.log);
    }
  }

  async #end(result) {
    const message = this.#message;
    let lost = false;
    try {
      const { cancelled, timings, kept } = await result;
      lost = kept === false;
      Object.assign(message, { state: cancelled ? "stopped" : "done", timings });
    } catch (error) {
      message.state = "failed";
      message.error = { kind: error.kind ?? "failed", message: error.kind ? error.message : String(error) };
      if (error.kind === "lost") {
        await this.#find();
      }
    }
    delete message.event;
    if (lost || this.#call.kept === false) {
      // What is still not kept is still here, and can be exported.
      await this.#store.save(this.conversation).catch(() => this.#watcher.notes(text.notKept));
    }
    this.#watcher.ended();
  }

  /** The stream is gone, but the server may have kept how the reply ended. */
  async #find() {
    const kept = await this.#store.load(this.conversation.id).catch(() => null);
    const ended = kept?.messages.find(({ id }) => id === this.#message.id);
    if (ended && ended.state !== "running" && ended.text.length >= this.#message.text.length) {
      Object.assign(this.#message, { error: undefined }, ended);
    }
  }
}

/** The newest messages that the server takes, without those that got no reply. */
function historyOf(messages) {
  const answered = messages.filter((message, i) => {
    const reply = message.role === "user" ? messages[i + 1] : message;
    return reply?.text || reply?.files?.length > 0;
  });
  let characters = 0;
  const recent = [];
  for (const { role, text, files = [] } of answered.toReversed().slice(0, MAX_MESSAGES)) {
    characters += text.length;
    if (characters > MAX_CHARACTERS) {
      break;
    }
    recent.push({ role, content: files.length === 0 ? text : [{ type: "text", text }, ...files.map((file) => ({ type: "file", file }))] });
  }
  return recent.reverse();
}
