/** Gets one reply from the server. */
import { Call } from "./protocol.js";

const MAX_MESSAGES = 1000;
const MAX_CHARACTERS = 1 << 20;

/** A reply that is coming: keeps the message up to date and tells `watcher` of it. */
export class PendingReply {
  #message;
  #watcher;
  #call;
  #began = performance.now();
  #first = null;

  /** `watcher` has `grew()`, `waits(what, fraction)`, `notes(text)`, `started()` and `ended()`. */
  constructor(name, conversation, message, watcher, texts) {
    this.conversation = conversation;
    this.#message = message;
    this.#watcher = watcher;
    this.#call = new Call(name, {
      started: (event) => ((message.event = event), watcher.started()),
      values: ([reply]) => this.#grew(reply ?? ""),
      message: (news) => this.#news(news, texts),
      connection: (lost) => watcher.waits(lost ? texts.connectionLost : "", null),
    });
  }

  /** Asks for it. */
  ask(settings) {
    const { conversation } = this;
    const asked = conversation.before(this.#message).at(-1);
    const history = historyOf(conversation.before(asked));
    return this.#end(this.#call.start({ data: [asked.text, ...settings], history, session_hash: conversation.id }));
  }

  /** Takes up one that was asked for before the page was loaded. */
  resume() {
    return this.#end(this.#call.resume(this.#message.event));
  }

  stop() {
    return this.#call.stop();
  }

  #grew(reply) {
    if (reply !== this.#message.text) {
      this.#first ??= performance.now();
      this.#message.text = reply;
      this.#watcher.grew();
    }
  }

  #news(news, texts) {
    if (news.msg === "estimation" && news.rank > 0) {
      this.#watcher.waits(texts.queue(news.rank + 1, news.rank_eta ? Math.ceil(news.rank_eta) : 0), null);
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
    try {
      const { cancelled } = await result;
      message.state = cancelled ? "stopped" : "done";
      this.#measure();
    } catch (error) {
      message.state = "failed";
      message.error = { kind: error.kind ?? "failed", message: error.kind ? error.message : String(error) };
    }
    delete message.event;
    this.#watcher.ended();
  }

  #measure() {
    if (this.#first !== null) {
      const message = this.#message;
      const seconds = (performance.now() - this.#first) / 1000;
      const words = message.text.split(/\s+/).length;
      message.first = (this.#first - this.#began) / 1000;
      message.speed = seconds > 0.05 && words > 1 ? words / seconds : undefined;
    }
  }
}

/** The newest messages that the server takes, without those that got no reply. */
function historyOf(messages) {
  const answered = messages.filter((message, i) => {
    const reply = message.role === "user" ? messages[i + 1] : message;
    return reply?.text;
  });
  let characters = 0;
  const recent = [];
  for (const { role, text } of answered.toReversed().slice(0, MAX_MESSAGES)) {
    characters += text.length;
    if (characters > MAX_CHARACTERS) {
      break;
    }
    recent.push({ role, content: text });
  }
  return recent.reverse();
}
