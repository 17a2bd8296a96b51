/** The list of conversations. */
import { ask, menuButton } from "./dialog.js";
import { element, icon, iconButton } from "./element.js";
import { text } from "./text.js";

/** Shows the store's conversations; `actions` are the chat's methods. */
export class Sidebar {
  #store;
  #actions;
  #list = element("ul", { class: "conversations" });
  #search = element("input", { type: "search", placeholder: text.search, "aria-label": text.search });
  #current = null;
  #shown = "";

  constructor(store, actions) {
    this.#store = store;
    this.#actions = actions;
    this.#search.addEventListener("input", () => this.show());
    const file = element("input", { type: "file", accept: ".json,application/json", hidden: true });
    file.addEventListener("change", async () => {
      await actions.import(await file.files[0].text());
      file.value = "";
    });
    this.element = element("nav", { class: "sidebar", id: "sidebar", "aria-label": text.conversations },
      element("div", { class: "top" },
        element("button", { type: "button", class: "new", onclick: () => actions.begin() }, icon("add"), text.newConversation),
        iconButton("close", text.close, () => actions.closeSidebar(), { class: "icon narrow" })),
      this.#search, this.#list,
      element("button", { type: "button", class: "text", onclick: () => file.click() }, icon("upload"), text.import), file);
  }

  focusSearch() {
    this.#search.focus();
    this.#search.select();
  }

  /** Shows what the store has now, with one conversation as the open one. */
  show(current = this.#current) {
    this.#current = current;
    const word = this.#search.value.trim();
    const items = word === "" ? this.#store.list() : this.#store.search(word);
    const shown = JSON.stringify([current, word, items.map(({ id, title }) => [id, title])]);
    if (shown === this.#shown) {
      return; // so that a menu or the focus in the list stays
    }
    this.#shown = shown;
    const nothing = element("li", { class: "small" }, text.noneFound);
    this.#list.replaceChildren(...(items.length === 0 && word !== "" ? [nothing] : items.map((item) => this.#item(item))));
  }

  #item({ id, title }) {
    const actions = this.#actions;
    return element("li", {},
      element("button", {
        type: "button", class: "open", dir: "auto", title, "aria-current": id === this.#current ? "page" : null,
        onclick: () => actions.open(id),
      }, title),
      menuButton(text.moreOf(title), () => [
        [text.rename, () => this.#rename(id, title)],
        [text.exportMarkdown, () => actions.export(id, "md")],
        [text.exportJson, () => actions.export(id, "json")],
        [text.delete, () => actions.delete(id)],
      ]));
  }

  async #rename(id, title) {
    const answer = await ask(text.rename, { label: text.title, value: title, button: text.save });
    if (answer?.value.trim()) {
      this.#actions.rename(id, answer.value.trim());
    }
  }
}
