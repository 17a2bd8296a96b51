/** Replies of models that think aloud: what they think first, between <think> and </think>, is folded away. */
import { element } from "./element.js";
import { GrowingMarkdown } from "./markdown.js";
import { text } from "./text.js";

const TAGS = ["<think>", "<thinking>"];
const THOUGHTS = /^\s*<(think|thinking)>([\s\S]*?)(?:<\/\1>\s*|$)/;

/** What a reply says without its thoughts. */
export const withoutThoughts = (source) => source.replace(THOUGHTS, "");

/** Shows a text that only grows. */
export class ReplyText {
  #target;
  #summary = element("summary");
  #thoughts = element("div");
  #folded = element("details", { class: "thoughts" }, this.#summary, this.#thoughts);
  #answer = element("div", { class: "answer" });
  #thoughtsText = new GrowingMarkdown(this.#thoughts);
  #answerText = new GrowingMarkdown(this.#answer);

  constructor(target) {
    this.#target = target;
    target.append(this.#answer);
  }

  /** Shows the text, of which the text before is the beginning. */
  update(source) {
    if (TAGS.some((tag) => tag.startsWith(source.trimStart()))) {
      return; // nothing yet, or a half of the tag
    }
    const [found, , thoughts] = source.match(THOUGHTS) ?? ["", "", ""];
    if (found !== "") {
      this.#fold(found.length === source.length && !/<\/\w+>\s*$/.test(found) ? text.thinking : text.thoughts);
      this.#thoughtsText.update(thoughts);
    }
    this.#answerText.update(source.slice(found.length));
  }

  /** The text is complete. */
  end(source) {
    const [found, , thoughts] = source.match(THOUGHTS) ?? ["", "", ""];
    if (found !== "") {
      this.#fold(text.thoughts);
      this.#thoughtsText.end(thoughts);
    }
    this.#answerText.end(source.slice(found.length));
  }

  #fold(label) {
    this.#summary.textContent = label;
    if (!this.#folded.isConnected) {
      this.#target.prepend(this.#folded);
    }
  }
}
