/** What users think of replies. */
import { ask } from "./dialog.js";
import { errorText } from "./message.js";
import { notify } from "./notice.js";
import { post } from "./protocol.js";
import { text } from "./text.js";

const KNOWN = { Like: ["like", text.like], Dislike: ["dislike", text.dislike] };

export class Ratings {
  #flagging;
  #store;
  #settings;

  constructor(flagging, store, settings) {
    this.#flagging = flagging;
    this.#store = store;
    this.#settings = settings;
  }

  /** The buttons of a reply as name of the picture, label and option. */
  buttons() {
    const { enabled, rated, options } = this.#flagging;
    if (!enabled && !rated) {
      return [];
    }
    const known = options.filter((option) => option in KNOWN).map((option) => [...KNOWN[option], option]);
    const others = options.filter((option) => !(option in KNOWN));
    return others.length === 0 ? known : [...known, ["flag", text.flag, others[0]]];
  }

  /** Asks for a comment and keeps the opinion; whether the user gave one. */
  async rate(conversation, reply, option) {
    const others = this.#flagging.options.filter((one) => !(one in KNOWN));
    const choices = others.includes(option) && others.length > 1 ? others : [];
    const answer = await ask(KNOWN[option]?.[1] ?? text.flag, { label: text.comment, button: text.send, multiline: true, choices });
    return answer !== null && this.#send(conversation, reply, { option: answer.choice ?? option, comment: answer.value });
  }

  async #send(conversation, reply, opinion) {
    try {
      await this.#store.rate(conversation.id, reply.id, opinion);
      if (this.#flagging.enabled) {
        const asked = conversation.before(reply).at(-1);
        const inputs = [asked.text, ...(this.#settings.values() ?? [])];
        await post("gradio_api/flag", { inputs, outputs: [reply.text], ...opinion });
      }
      reply.feedback = opinion;
      notify(text.flagSent);
      return true;
    } catch (error) {
      notify(errorText(error), [text.tryAgain, () => this.#send(conversation, reply, opinion)]);
      return false;
    }
  }
}
