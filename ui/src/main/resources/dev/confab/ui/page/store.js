/** Keeps conversations in this browser, apart for each page and user. Another store has to have the same methods. */
export class BrowserStore {
  #prefix;

  constructor(page, user) {
    this.#prefix = `confab:${page}:${user ?? ""}:`;
  }

  /** All conversations as `{id, title, updated}`, the newest first. */
  list() {
    const items = this.#keys("conversation:").map((key) => {
      const { id, title, updated } = JSON.parse(localStorage.getItem(key));
      return { id, title, updated };
    });
    return items.sort((a, b) => b.updated - a.updated);
  }

  /** Those with a word in their title or messages. */
  search(word) {
    const wanted = word.toLocaleLowerCase();
    const found = ({ id }) => {
      const { title, messages } = this.load(id);
      return [title, ...messages.map(({ text }) => text)].some((text) => text.toLocaleLowerCase().includes(wanted));
    };
    return this.list().filter(found);
  }

  /** What was saved under a name, null for nothing. */
  load(id) {
    return JSON.parse(localStorage.getItem(`${this.#prefix}conversation:${id}`));
  }

  /** False if there is no room. */
  save({ id, title, updated, messages, choices }) {
    return this.put(`conversation:${id}`, { id, title, updated, messages, choices });
  }

  delete(id) {
    localStorage.removeItem(`${this.#prefix}conversation:${id}`);
  }

  /** A small value, such as a draft. */
  get(name) {
    return JSON.parse(localStorage.getItem(this.#prefix + name));
  }

  put(name, value) {
    try {
      localStorage.setItem(this.#prefix + name, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }

  /** Calls when another tab saved or deleted a conversation, with its name. */
  onChange(listener) {
    const start = `${this.#prefix}conversation:`;
    addEventListener("storage", ({ key }) => key?.startsWith(start) && listener(key.slice(start.length)));
  }

  #keys(kind) {
    return Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix + kind));
  }
}
