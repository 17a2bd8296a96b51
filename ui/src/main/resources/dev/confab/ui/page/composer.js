/** Where the user writes; the button sends, or stops while there is a reply coming. */
import { Attachments } from "./attachments.js";
import { element, icon } from "./element.js";
import { grow } from "./fields.js";
import { text } from "./text.js";

/** How much of the longest text is written when the page begins to count. */
const COUNTED_FROM = 0.9;

/** Whether a key belongs to a text that is put together from several keys, as in Japanese; Safari says it by a number. */
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

/**
 * `actions` has `send({text, files})`, which returns whether it was sent, `stop()`, `editLast()` and `draft(text)`; `props`
 * are those of the component for messages.
 */
export class Composer {
  #actions;
  #running = false;
  #button = element("button", { class: "send", disabled: true });
  #count = element("output", { class: "small count", hidden: true });
  #area;
  #most;
  #attachments;

  constructor(actions, { type, props }, limits) {
    this.#actions = actions;
    this.#most = props.max_length ?? null;
    this.#area = element("textarea", {
      rows: 1, placeholder: props.placeholder || text.writeMessage, "aria-label": text.message, maxLength: this.#most,
      dir: "auto", enterKeyHint: "send", autocomplete: "off",
    });
    const attachments = type === "multimodaltextbox" ? new Attachments(props, limits, () => this.#show()) : null;
    this.#attachments = attachments;
    this.element = element("form", { class: "composer" },
      element("div", { class: "frame" }, attachments?.list,
        element("div", { class: "line" }, attachments?.button, attachments?.input, this.#area, this.#button)),
      this.#count);
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#area.addEventListener("input", () => this.#changed());
    this.#area.addEventListener("keydown", (event) => this.#key(event));
    if (attachments) {
      this.#area.addEventListener("paste", (event) => this.#take(event, event.clipboardData.files));
    }
    this.#show();
  }

  /** Takes files that are dropped onto an element, if the page's function takes any. */
  takeDropped(target) {
    if (this.#attachments) {
      const drags = (event) => event.dataTransfer.types.includes("Files");
      target.addEventListener("dragover", (event) => drags(event) && (event.preventDefault(), (target.dataset.dropping = text.dropFiles)));
      target.addEventListener("dragleave", ({ relatedTarget }) => !target.contains(relatedTarget) && delete target.dataset.dropping);
      target.addEventListener("drop", (event) => {
        delete target.dataset.dropping;
        this.#take(event, event.dataTransfer.files);
      });
    }
  }

  #take(event, files) {
    if (files.length > 0) {
      event.preventDefault();
      this.#attachments.take([...files]);
      this.focus();
    }
  }

  focus() {
    this.#area.focus();
  }

  get value() {
    return this.#area.value;
  }

  set value(value) {
    this.#area.value = value;
    grow(this.#area);
    this.#show();
  }

  /** The files beside the text, uploaded before. */
  set files(files) {
    this.#attachments?.set(files);
  }

  /** Whether a reply is coming. */
  set running(running) {
    this.#running = running;
    this.#show();
  }

  #submit() {
    if (this.#running) {
      this.#actions.stop();
      this.focus();
    } else {
      this.#send();
    }
  }

  get #files() {
    return this.#attachments?.files ?? [];
  }

  get #ready() {
    return !this.#attachments?.busy && (this.value.trim() !== "" || this.#files.length > 0);
  }

  #send() {
    if (this.#ready && this.#actions.send({ text: this.value.trim(), files: this.#files })) {
      this.value = "";
      this.files = [];
      this.#actions.draft("");
    }
  }

  #key(event) {
    if (isComposing(event)) {
      return;
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "ArrowUp" && this.value === "") {
      event.preventDefault();
      this.#actions.editLast();
    }
  }

  #changed() {
    grow(this.#area);
    this.#actions.draft(this.value);
    this.#show();
  }

  #show() {
    const label = this.#running ? text.stop : text.send;
    if (this.#button.title !== label) {
      this.#button.title = label;
      this.#button.setAttribute("aria-label", label);
      this.#button.replaceChildren(icon(this.#running ? "stop" : "send"));
    }
    this.#button.disabled = !this.#running && !this.#ready;
    const { length } = this.value;
    this.#count.hidden = this.#most === null || length < this.#most * COUNTED_FROM;
    this.#count.textContent = this.#count.hidden ? "" : text.counter({ length, most: this.#most });
  }
}
