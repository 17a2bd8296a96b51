/** The additional inputs of a page: remembered, shown in a dialog, sent with each message. */
import { dialog } from "./dialog.js";
import { element } from "./element.js";
import { field, FieldError } from "./fields.js";
import { text } from "./text.js";

export class Settings {
  #memory;
  #fields;
  #first;
  #changed;
  #problem = element("p", { class: "problem", role: "alert" });

  /** `memory` keeps what a new conversation begins with; `changed()` is told when the user has changed something. */
  constructor(components, memory, limits, changed) {
    this.#memory = memory;
    this.#changed = changed;
    this.#fields = components.map((component) => field(component, limits));
    this.#first = components.map(({ props }) => props.value ?? null);
  }

  /** Shows a conversation's values by their labels; for a new one, null, those that were chosen last. */
  show(values) {
    const kept = values ?? this.#memory.get("settings") ?? {};
    this.#fields.forEach((one, i) => one.write(one.label in kept ? kept[one.label] : this.#first[i]));
  }

  get any() {
    return this.#fields.length > 0;
  }

  /** Lets the user change them. */
  open() {
    const made = dialog(text.settings, element("p", { class: "small" }, text.withSettings), this.#problem,
      ...this.#fields.map((one) => one.element));
    made.classList.add("drawer");
    const before = JSON.stringify(this.named());
    made.addEventListener("close", () => {
      if (JSON.stringify(this.named()) !== before) {
        this.#memory.put("settings", this.named());
        this.#changed();
      }
    });
  }

  /** Their values in order; null if one is wrong, which the user is then shown. */
  values() {
    this.#problem.textContent = "";
    try {
      return this.#fields.map((one) => this.#read(one));
    } catch (error) {
      if (!(error instanceof FieldError)) {
        throw error;
      }
      this.#problem.textContent = error.message;
      this.open();
      return null;
    }
  }

  /** Sets the first ones. */
  write(values) {
    values.forEach((value, i) => this.#fields[i]?.write(value));
  }

  #read(one) {
    try {
      return one.read();
    } catch (error) {
      throw error instanceof FieldError ? new FieldError(`${one.label}: ${error.message}`) : error;
    }
  }

  /** Those that can be read, by their labels. */
  named() {
    const readable = this.#fields.flatMap((one) => {
      try {
        return [[one.label, one.read()]];
      } catch {
        return [];
      }
    });
    return Object.fromEntries(readable);
  }
}
