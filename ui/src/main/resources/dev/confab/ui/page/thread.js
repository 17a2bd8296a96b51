/** The open conversation: shows its messages, sends new ones, follows replies. */
import { copy } from "./clipboard.js";
import { Conversation } from "./conversation.js";
import { element, iconButton } from "./element.js";
import { markdown } from "./files.js";
import { Keeping } from "./keeping.js";
import { rendered } from "./markdown.js";
import { errorText, MessageView } from "./message.js";
import { notify, say } from "./notice.js";
import { Ratings } from "./ratings.js";
import { PendingReply } from "./reply.js";
import { Follower } from "./scroll.js";
import { text } from "./text.js";
import { withoutThoughts } from "./thoughts.js";

export class Thread {
  #function;
  #avatars;
  #store;
  #keeping;
  #settings;
  #ratings;
  #follower;
  #conversation = new Conversation();
  #pending = new Map();
  #views = new Map();
  #list = element("ol", { class: "messages", "aria-label": text.messages });
  #welcome;

  /** Where the user writes; to be set before anything is shown. */
  composer;

  /** `welcome` is what an empty conversation shows; `changed(id)` is told when the list of conversations has to change. */
  constructor(config, { store, memory, settings, welcome, changed }) {
    const [input] = config.confab.inputs;
    const takesFiles = config.components.find(({ id }) => id === input).type === "multimodaltextbox";
    this.#function = { name: config.dependencies[0].api_name, takesFiles };
    this.#avatars = config.confab.avatars;
    this.#store = store;
    this.#keeping = new Keeping(store, memory, changed);
    this.#settings = settings;
    this.#welcome = welcome;
    this.#ratings = new Ratings(config.confab.flagging, store, settings);
    this.element = element("div", { class: "scroll" }, welcome, this.#list);
    this.jump = iconButton("down", text.jump, () => this.#follower.follow(), { class: "icon jump", hidden: true });
    this.#follower = new Follower(this.element, this.#list, (following) => (this.jump.hidden = following));
  }

  get conversation() {
    return this.#conversation;
  }

  /** Whether a reply of the conversation is coming to this page. */
  isPending(id) {
    return this.#pending.has(id);
  }

  // --- opening

  /** A conversation that is here already: one whose reply is coming, or that the server does not have yet. */
  known(id) {
    const unsent = this.#keeping.unsent(id);
    return this.#pending.get(id)?.conversation ?? (unsent ? new Conversation(unsent) : null);
  }

  /** Shows a conversation, and follows its reply if one was coming when the page was left. */
  open(conversation) {
    this.#conversation = conversation;
    this.#views.clear();
    this.#list.replaceChildren();
    this.#takeUp();
    this.#show();
    this.#follower.follow();
  }

  #takeUp() {
    const conversation = this.#conversation;
    const last = conversation.path().at(-1);
    if (last?.state !== "running" || this.#pending.has(conversation.id)) {
      return;
    }
    if (last.event) {
      this.#wait(last, (pending) => pending.resume());
    } else {
      Object.assign(last, { state: "failed", error: { kind: "lost" } });
    }
  }

  /** Gives up a conversation that is deleted. */
  leave(id) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#keeping.forget(id);
    pending?.stop();
  }

  // --- sending

  /** Sends a message, `{text, files}`; false if that is not possible now. */
  send(message) {
    const last = this.#conversation.path().at(-1);
    return this.#unlessRunning((settings) => this.#answer(this.#conversation.say(last, message), settings));
  }

  /** Sends a changed message in place of an old one. */
  edit(message, changed) {
    const before = this.#conversation.before(message).at(-1);
    return this.#unlessRunning((settings) => this.#answer(this.#conversation.say(before, { text: changed, files: message.files }), settings));
  }

  /** Asks for another reply in place of one. */
  again(reply) {
    const asked = this.#conversation.before(reply).at(-1);
    this.#unlessRunning((settings) => {
      if (reply.state === "failed" && reply.text === "") {
        this.#remove(reply, !asked.unsent);
      }
      this.#answer(asked, settings);
    });
    this.composer.focus();
  }

  /** Takes back the last message and its reply. */
  undo(reply) {
    const asked = this.#conversation.before(reply).at(-1);
    this.#remove(asked, !asked.unsent);
    this.composer.value = asked.text;
    this.composer.files = asked.files ?? [];
    this.draft(asked.text);
    this.#show();
    this.composer.focus();
  }

  #remove(message, known) {
    this.#conversation.remove(message);
    this.#keeping.removed(this.#conversation, message, known);
  }

  /** Stops the reply that is coming; undefined if there is none. */
  stop() {
    return this.#pending.get(this.#conversation.id)?.stop();
  }

  editLast() {
    const last = this.#conversation.path().findLast(({ role }) => role === "user");
    if (last && !this.#running) {
      this.#views.get(last.id).edit();
    }
  }

  async copyLast() {
    const last = this.#conversation.path().findLast(({ role }) => role === "assistant");
    if (last) {
      await this.#copy(withoutThoughts(last.text));
    }
  }

  /** Copies what is shown, as Markdown. */
  async copyAll() {
    await this.#copy(markdown(this.#conversation));
  }

  async #copy(content) {
    notify((await copy(content)) ? text.copied : text.copyFailed);
  }

  /** Keeps what was written and not sent. */
  draft(written) {
    this.#keeping.draft(this.#conversation, written);
  }

  get #running() {
    return this.#conversation.path().at(-1)?.state === "running";
  }

  #unlessRunning(run) {
    if (this.#running) {
      notify(text.notWhileAnswering);
      return false;
    }
    const settings = this.#settings.values();
    if (settings !== null) {
      this.#conversation.settings = this.#settings.named();
      run(settings);
    }
    return settings !== null;
  }

  // --- replies

  #answer(asked, settings) {
    const reply = this.#conversation.reply(asked);
    this.#wait(reply, (pending) => pending.ask(settings));
    this.#show();
    this.#follower.follow();
    say(text.answering);
  }

  #wait(reply, begin) {
    const conversation = this.#conversation;
    const view = () => (this.#conversation === conversation ? this.#views.get(reply.id) : undefined);
    const watcher = {
      grew: () => view()?.grow(),
      waits: (what, fraction) => reply.text === "" || what !== "" ? view()?.wait(what, fraction) : view()?.grow(),
      notes: notify,
      started: () => this.#keeping.began(conversation),
      ended: () => this.#ended(conversation, reply),
    };
    const pending = new PendingReply(this.#function, conversation, reply, this.#store, watcher);
    this.#pending.set(conversation.id, pending);
    begin(pending);
  }

  #ended(conversation, reply) {
    if (this.#pending.get(conversation.id)?.conversation === conversation) {
      this.#pending.delete(conversation.id);
      this.#keeping.ended(conversation);
    }
    if (this.#conversation === conversation) {
      this.#show();
      this.#announce(reply);
    }
  }

  #announce({ state, text: content, error }) {
    if (state === "failed") {
      return; // the failure is an alert itself
    }
    const { textContent } = element("div", {}, rendered(withoutThoughts(content)));
    say(state === "stopped" ? text.stopped : text.answered({ text: textContent || errorText(error) }));
  }

  // --- showing

  /** Shows another branch. */
  choose(message) {
    this.#conversation.choose(message);
    this.#keeping.chose(this.#conversation, message);
    this.#show();
    this.#views.get(message.id).element.querySelector(".branches button:not(:disabled)")?.focus();
  }

  /** The buttons of a reply for opinions; what is not saved gets none. */
  ratings() {
    return this.#conversation.temporary ? [] : this.#ratings.buttons();
  }

  async rate(reply, option) {
    if (await this.#ratings.rate(this.#conversation, reply, option)) {
      this.#show();
    }
  }

  #show() {
    const conversation = this.#conversation;
    const path = conversation.path();
    const views = path.map((message) => {
      const view = this.#views.get(message.id) ?? new MessageView(message, this, this.#avatars);
      this.#views.set(message.id, view);
      view.show(conversation.versions(message), message === path.at(-1));
      return view.element;
    });
    const shown = [...this.#list.children];
    shown.filter((one) => !views.includes(one)).forEach((one) => one.remove());
    views.forEach((one, i) => this.#list.children[i] !== one && this.#list.insertBefore(one, this.#list.children[i] ?? null));
    this.#welcome.hidden = path.length > 0;
    this.composer.running = this.#running;
  }
}
