/** The additional inputs of a page: remembered, shown in a dialog, sent with each message. */
import { dialog } from "./dialog.js";
import { element } from "./element.js";
import { field, FieldError } from "./fields.js";
import { text } from "./text.js";

export class Settings {
  #store;
  #fields;
  #problem = element("p", { class: "problem", role: "alert" });

  constructor(components, store, limits) {
    this.#store = store;
    this.#fields = components.map((component) => field(component, limits));
    const kept = store.get("settings") ?? {};
    this.#fields.forEach((one) => one.label in kept && one.write(kept[one.label]));
  }

  get any() {
    return this.#fields.length > 0;
  }

  /** Lets the user change them. */
  open() {
    const made = dialog(text.settings, element("p", { class: "small" }, text.withSettings), this.#problem,
      ...this.#fields.map((one) => one.element));
    made.classList.add("drawer");
    made.addEventListener("close", () => this.#keep());
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

  #keep() {
    const readable = this.#fields.flatMap((one) => {
      try {
        return [[one.label, one.read()]];
      } catch {
        return [];
      }
    });
    this.#store.put("settings", Object.fromEntries(readable));
  }
}
