/**
 * A conversation: a tree of messages, since editing a message or asking again begins a branch, and at each fork the branch
 * that is shown. A message is `{id, parent, role, text, at}`; a reply also has a `state` (running, done, stopped or failed),
 * perhaps `error`, `event`, `first` (seconds to the first word) and `speed` (words a second).
 */
export class Conversation {
  #children = new Map();

  constructor({ id = newId(), title = "", updated = Date.now(), messages = [], choices = {} } = {}) {
    Object.assign(this, { id, title, updated, messages: [], choices: {} });
    messages.forEach((message) => this.#insert(message));
    Object.assign(this.choices, choices);
  }

  /** The messages that are shown, in order. */
  path() {
    const path = [];
    for (let next = this.#chosen(""); next; next = this.#chosen(next.id)) {
      path.push(next);
    }
    return path;
  }

  /** The messages up to this one, without it. */
  before(message) {
    const path = this.path();
    return path.slice(0, path.indexOf(message));
  }

  /** The message and those that could be in its place. */
  versions(message) {
    return this.#children.get(message.parent);
  }

  /** Adds a message after another, null for the first, and shows it. */
  add(parent, role, text, more = {}) {
    const message = { id: newId(), parent: parent?.id ?? "", role, text, at: Date.now(), ...more };
    this.#insert(message);
    this.updated = message.at;
    this.title ||= role === "user" ? titleOf(text) : "";
    return message;
  }

  /** Shows another branch. */
  choose(message) {
    this.choices[message.parent] = message.id;
  }

  /** Takes a message away with all that follows it. */
  remove(message) {
    const gone = new Set([message.id]);
    this.messages.forEach(({ id, parent }) => gone.has(parent) && gone.add(id));
    const kept = this.messages.filter(({ id }) => !gone.has(id));
    const choices = Object.fromEntries(Object.entries(this.choices).filter(([from, to]) => !gone.has(from) && !gone.has(to)));
    this.messages = [];
    this.#children.clear();
    kept.forEach((one) => this.#insert(one));
    this.choices = { ...Object.fromEntries([...this.#children].map(([from, to]) => [from, to.at(-1).id])), ...choices };
  }

  /** Markdown of what is shown. */
  markdown(names) {
    const parts = this.path().map(({ role, text }) => `## ${names[role]}\n\n${text}\n`);
    return `# ${this.title}\n\n${parts.join("\n")}`;
  }

  /**
   * A conversation from what was exported, as a new one.
   *
   * @throws if it is none
   */
  static imported(json) {
    const { title, messages, choices } = JSON.parse(json);
    const seen = new Set([""]);
    const checked = messages.map(({ id, parent, role, text, at, state, first, speed }) => {
      const known = [id, parent, text].every((value) => typeof value === "string") && ["user", "assistant"].includes(role);
      if (!known || seen.has(id) || !seen.has(parent)) {
        throw new TypeError("not a conversation");
      }
      seen.add(id);
      return { id, parent, role, text, at: Number(at), state: state === "running" ? "stopped" : state, first, speed };
    });
    return new Conversation({ title: String(title), messages: checked, choices: { ...choices } });
  }

  #insert(message) {
    this.messages.push(message);
    const siblings = this.#children.get(message.parent) ?? [];
    siblings.push(message);
    this.#children.set(message.parent, siblings);
    this.choices[message.parent] = message.id;
  }

  #chosen(parent) {
    const children = this.#children.get(parent);
    return children?.find(({ id }) => id === this.choices[parent]) ?? children?.at(-1);
  }
}

/** Unique also where a page is not served over HTTPS and the browser has no `randomUUID` for it. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function titleOf(text) {
  const line = text.trim().split("\n")[0];
  return line.length > 60 ? `${line.slice(0, 59).trimEnd()}…` : line;
}
