/** What is kept: conversations by the server, small things by this browser. */
import { request } from "./protocol.js";

/** The conversations of this browser, or of the user who is logged in. Tabs tell each other what they change. */
export class ConversationStore {
  #tabs;

  constructor(page) {
    this.#tabs = new BroadcastChannel(`confab:${page}`);
  }

  /** One page of the list as `{items: [{id, title, created, updated}], next}`; `next` is null, or what to give as `after`. */
  async list({ search = "", after = "", limit = 50 } = {}) {
    return (await request(`gradio_api/conversations?${new URLSearchParams({ search, after, limit })}`)).json();
  }

  /** A whole conversation, null if there is none. */
  async load(id) {
    try {
      return await (await request(address(id))).json();
    } catch (error) {
      if (error.status === 404) {
        return null;
      }
      throw error;
    }
  }

  /** Keeps a whole conversation. */
  async save({ id, title, created, updated, settings, choices, messages }) {
    await this.#send("PUT", id, address(id), { title, created, updated, settings, choices, messages });
  }

  /** Changes its `title` or `settings`. */
  async change(id, changes) {
    await this.#send("PATCH", id, address(id), changes);
  }

  async delete(id) {
    await this.#send("DELETE", id, address(id));
  }

  async restore(id) {
    await this.#send("POST", id, `${address(id)}/restore`);
  }

  /** Removes a message with all that follows it. */
  async remove(id, message) {
    await this.#send("DELETE", id, `${address(id)}/messages/${message}`);
  }

  /** Shows the branch that begins with a message. */
  async choose(id, message) {
    await this.#send("POST", id, `${address(id)}/messages/${message}/choose`);
  }

  /** Keeps what the user thinks of a reply. */
  async rate(id, message, { option, comment }) {
    await this.#send("PUT", id, `${address(id)}/messages/${message}/feedback`, { option, comment });
  }

  /** The token by which others read it; null if there is none. */
  async shareToken(id) {
    return (await (await request(`${address(id)}/share`)).json()).token;
  }

  /** Lets others read it; the token by which they do. */
  async share(id) {
    return (await (await request(`${address(id)}/share`, { method: "POST" })).json()).token;
  }

  /** Lets others read it no longer; null, as there is no token any more. */
  async withdraw(id) {
    await request(`${address(id)}/share`, { method: "DELETE" });
    return null;
  }

  /** Tells other tabs that a conversation is not what it was. */
  changed(id) {
    this.#tabs.postMessage(id);
  }

  /** Calls when another tab changed a conversation, with its name. */
  onChange(listener) {
    this.#tabs.addEventListener("message", ({ data }) => listener(data));
  }

  async #send(method, id, path, body = {}) {
    await request(path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    this.changed(id);
  }
}

const address = (id) => `gradio_api/conversations/${id}`;

/** Small values such as drafts, which this browser keeps, apart for each page and user. */
export class Memory {
  #prefix;

  constructor(page, user) {
    this.#prefix = `confab:${page}:${user ?? ""}:`;
  }

  get(name) {
    try {
      return JSON.parse(localStorage.getItem(this.#prefix + name));
    } catch {
      return null;
    }
  }

  /** Keeps a value; null forgets it. A browser that is full, or keeps nothing, does without. */
  put(name, value) {
    try {
      if (value === null) {
        localStorage.removeItem(this.#prefix + name);
      } else {
        localStorage.setItem(this.#prefix + name, JSON.stringify(value));
      }
    } catch {
      // the page works without
    }
  }
}

/** Small values of this tab alone. */
export const tab = {
  get: (name) => {
    try {
      return sessionStorage.getItem(`confab:${name}`);
    } catch {
      return null;
    }
  },
  put: (name, value) => {
    try {
      sessionStorage.setItem(`confab:${name}`, value);
    } catch {
      // as above
    }
  },
};
