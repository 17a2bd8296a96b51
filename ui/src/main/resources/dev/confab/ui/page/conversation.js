/**
 * A conversation: a tree of messages, since editing a message or asking again begins a branch, and at each fork the branch
 * that is shown. A message is `{id, parent, role, text, at, state}`, where a reply's state is running, done, stopped or
 * failed; it may have `files`, `options` (what to say next), `error`, `event` (its call), `timings`, `feedback`, and `unsent`
 * until the server has it. A conversation that is `temporary` is not saved.
 */
export class Conversation {
  #children = new Map();

  constructor({ id = newId(), title = "", created = Date.now(), updated = created, settings = {}, messages = [], choices = {}, temporary = false } = {}) {
    Object.assign(this, { id, title, created, updated, settings, temporary, messages: [], choices: {} });
    messages.forEach((message) => this.put(message));
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

  /** Adds what the user says after a message, null for the first, and shows it. */
  say(parent, { text, files = [] }) {
    this.title ||= titleOf(text) || files[0]?.orig_name;
    return this.#add({ parent: parent?.id ?? "", role: "user", text, files, state: "done", unsent: true });
  }

  /** Adds a reply that is to come, and shows it. */
  reply(parent) {
    return this.#add({ parent: parent.id, role: "assistant", text: "", state: "running" });
  }

  #add(message) {
    const added = { id: newId(), at: Date.now(), ...message };
    this.put(added);
    this.updated = added.at;
    return added;
  }

  /** Adds a message as it is, and shows it. */
  put(message) {
    this.messages.push(message);
    const siblings = this.#children.get(message.parent) ?? [];
    siblings.push(message);
    this.#children.set(message.parent, siblings);
    this.choices[message.parent] = message.id;
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
    this.choices = {};
    kept.forEach((one) => this.put(one));
    Object.assign(this.choices, choices);
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
