/** The server's side of the page: one request for each call, whose answer streams. */

/** Makes one call. Each message of the protocol goes to `onMessage`; aborting the signal cancels the call. */
export async function call(config, data, session, onMessage, signal) {
  const name = config.dependencies[0].api_name;
  const answer = await fetch(`gradio_api/stream/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ data, session_hash: session }),
  });
  if (!answer.ok) {
    throw new Error((await answer.json()).detail);
  }
  let eventId = null;
  signal?.addEventListener("abort", () => cancel(eventId));
  for await (const message of messages(answer.body)) {
    eventId = message.event_id ?? eventId;
    onMessage(message);
  }
}

/** Ends a call; its stream gets what there is of the result. */
async function cancel(eventId) {
  await fetch("gradio_api/cancel", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ event_id: eventId }),
  });
}

/** The messages of a stream of server-sent events. */
async function* messages(body) {
  let rest = "";
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const line = block.split("\n").find((candidate) => candidate.startsWith("data: "));
      yield JSON.parse(line.slice("data: ".length));
    }
  }
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
