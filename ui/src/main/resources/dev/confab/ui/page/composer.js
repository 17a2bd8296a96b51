/** Where the user writes; the button sends, or stops while there is a reply coming. */
import { element, icon } from "./element.js";
import { grow } from "./fields.js";
import { text } from "./text.js";

/** `actions` has `send(text)`, which returns whether it was sent, `stop()`, `editLast()` and `draft(text)`. */
export class Composer {
  #actions;
  #running = false;
  #button = element("button", { class: "send", disabled: true });
  #area;

  constructor(actions, { placeholder, maxLength, hint }) {
    this.#actions = actions;
    this.#area = element("textarea", {
      rows: 1, placeholder: placeholder || text.writeMessage, "aria-label": text.message, maxLength: maxLength ?? null,
      dir: "auto", enterKeyHint: "send", autocomplete: "off",
    });
    this.element = element("form", { class: "composer" }, element("div", { class: "frame" }, this.#area, this.#button), hint ?? null);
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#area.addEventListener("input", () => this.#changed());
    this.#area.addEventListener("keydown", (event) => this.#key(event));
    this.#show();
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

  #send() {
    const message = this.value.trim();
    if (message !== "" && this.#actions.send(message)) {
      this.value = "";
      this.#actions.draft("");
    }
  }

  #key(event) {
    if (event.isComposing) {
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
    this.#button.disabled = !this.#running && this.value.trim() === "";
  }
}
