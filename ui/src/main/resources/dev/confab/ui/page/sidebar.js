/** The list of conversations. */
import { ask, menuButton } from "./dialog.js";
import { element, icon, iconButton } from "./element.js";
import { text } from "./text.js";

const SEARCH_MILLISECONDS = 150;
const PAGE = 50;
const MAX_PAGE = 100;

/** Shows the store's conversations; `actions` are the chat's methods. */
export class Sidebar {
  #store;
  #actions;
  #list = element("ul", { class: "conversations" });
  #search = element("input", { type: "search", placeholder: text.search, "aria-label": text.search });
  #more = element("button", { type: "button", class: "text", hidden: true, onclick: () => this.#showMore() }, text.showMore);
  #current = null;
  #shown = "";
  #asked = 0;
  #items = [];
  #next = null;

  constructor(store, actions) {
    this.#store = store;
    this.#actions = actions;
    let timer;
    this.#search.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.show(), SEARCH_MILLISECONDS);
    });
    const file = element("input", { type: "file", accept: ".json,.md,application/json,text/markdown", hidden: true });
    file.addEventListener("change", async () => {
      await actions.import(await file.files[0].text());
      file.value = "";
    });
    this.element = element("nav", { class: "sidebar", id: "sidebar", "aria-label": text.conversations },
      element("div", { class: "top" },
        element("button", { type: "button", class: "new", onclick: () => actions.begin() }, icon("add"), text.newConversation),
        iconButton("close", text.close, () => actions.closeSidebar(), { class: "icon narrow" })),
      this.#search, element("div", { class: "list" }, this.#list, this.#more),
      element("button", { type: "button", class: "text", onclick: () => file.click() }, icon("upload"), text.import), file);
  }

  focusSearch() {
    this.#search.focus();
    this.#search.select();
  }

  /** Shows what the store has now, as many as are shown already, with one conversation as the open one. */
  async show(current = this.#current) {
    this.#current = current;
    this.#mark();
    const limit = Math.min(MAX_PAGE, Math.max(PAGE, this.#items.length));
    await this.#ask({ limit }, () => []);
  }

  async #showMore() {
    const before = this.#list.children.length;
    await this.#ask({ after: this.#next, limit: PAGE }, () => this.#items);
    this.#list.children[before]?.querySelector("button").focus();
  }

  /** The newest question's answer is shown, however long others take. */
  async #ask(query, before) {
    const asked = ++this.#asked;
    const search = this.#search.value.trim();
    try {
      const { items, next } = await this.#store.list({ search, ...query });
      if (asked === this.#asked) {
        this.#items = [...before(), ...items];
        this.#next = next;
        this.#fill(search);
      }
    } catch {
      // what was shown stays; that the server is away is told where it matters
    }
  }

  #fill(search) {
    const items = this.#items;
    this.#more.hidden = this.#next === null;
    const shown = JSON.stringify([search, items.map(({ id, title }) => [id, title])]);
    if (shown !== this.#shown) { // else a menu or the focus in the list stays
      this.#shown = shown;
      const nothing = element("li", { class: "small" }, text.noneFound);
      this.#list.replaceChildren(...(items.length === 0 && search !== "" ? [nothing] : items.map((item) => this.#item(item))));
    }
    this.#mark();
  }

  #mark() {
    this.#list.querySelectorAll(".open").forEach((one) => {
      if (one.dataset.id === this.#current) {
        one.setAttribute("aria-current", "page");
      } else {
        one.removeAttribute("aria-current");
      }
    });
  }

  #item({ id, title }) {
    const actions = this.#actions;
    return element("li", {},
      element("button", {
        type: "button", class: "open", dir: "auto", title, "data-id": id, onclick: () => actions.open(id),
      }, title),
      menuButton(text.moreOf({ title }), () => [
        [text.rename, () => this.#rename(id, title)],
        [text.share, () => actions.share(id)],
        [text.exportMarkdown, () => actions.export(id, "md")],
        [text.exportJson, () => actions.export(id, "json")],
        [text.delete, () => actions.delete(id, title)],
      ]));
  }

  async #rename(id, title) {
    const answer = await ask(text.rename, { label: text.title, value: title, button: text.save });
    if (answer?.value.trim()) {
      this.#actions.rename(id, answer.value.trim());
    }
  }
}
