/** The page of a chat. */
import { pageMenu } from "./bar.js";
import { copy } from "./clipboard.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { ask, dialog } from "./dialog.js";
import { element, iconButton } from "./element.js";
import { rendered } from "./markdown.js";
import { errorText, MessageView } from "./message.js";
import { notify, say } from "./notice.js";
import { post } from "./protocol.js";
import { PendingReply } from "./reply.js";
import { Follower } from "./scroll.js";
import { Settings } from "./settings.js";
import { Sidebar } from "./sidebar.js";
import { BrowserStore } from "./store.js";
import { text } from "./text.js";

const SAVE_MILLISECONDS = 1000;
const NARROW = matchMedia("(max-width: 52rem)");
const RATING_ICONS = { Like: ["like", text.like], Dislike: ["dislike", text.dislike] };

class Chat {
  #config;
  #name;
  #store;
  #settings;
  #composer;
  #sidebar;
  #follower;
  #conversation = new Conversation();
  #pending = new Map();
  #views = new Map();
  #list = element("ol", { class: "messages", "aria-label": text.messages });
  #welcome = element("section", { class: "welcome" });
  #frame = element("div", { class: "scroll" }, this.#welcome, this.#list);
  #main;
  #jump = iconButton("down", text.jump, () => this.#follower.follow(), { class: "icon jump", hidden: true });

  constructor(config) {
    this.#config = config;
    this.#name = config.dependencies[0].api_name;
    this.#store = new BrowserStore(new URL(document.baseURI).pathname, config.username);
    const components = new Map(config.components.map((component) => [component.id, component]));
    const limits = { maxFileSize: config.max_file_size };
    this.#settings = new Settings(config.confab.additional_inputs.map((id) => components.get(id)), this.#store, limits);
    const { placeholder, max_length: maxLength } = components.get(config.confab.inputs[0]).props;
    this.#composer = new Composer(this, { placeholder, maxLength });
    this.#sidebar = new Sidebar(this.#store, this);
    this.#fillWelcome();
    this.#build();
    this.#follower = new Follower(this.#frame, this.#list, (following) => (this.#jump.hidden = following));
    this.#store.onChange((id) => this.#changedElsewhere(id));
    addEventListener("keydown", (event) => this.#key(event));
    addEventListener("pagehide", () => this.#pending.forEach(({ conversation }) => this.#store.save(conversation)));
    this.open(sessionStorage.getItem("confab:conversation") ?? "");
  }

  #build() {
    const settings = iconButton("settings", text.settings, () => this.#settings.open());
    const bar = element("header", { class: "bar" },
      iconButton("menu", text.openConversations, () => this.#toggleSidebar(), { "aria-controls": "sidebar", id: "menu" }),
      element("h1", {}, this.#config.title || document.title || "Chat"),
      this.#settings.any ? settings : null,
      iconButton("add", text.newConversation, () => this.begin()),
      pageMenu(this.#config, [[text.keys, () => this.#help()]]));
    this.#main = element("main", {}, bar, this.#frame, this.#jump, this.#composer.element);
    const shade = element("div", { class: "shade", onclick: () => this.closeSidebar() });
    document.getElementById("page").replaceChildren(element("div", { class: "chat" }, this.#sidebar.element, shade, this.#main));
    this.#showSidebar(!NARROW.matches && this.#store.get("sidebar") !== false);
    NARROW.addEventListener("change", () => this.#showSidebar(!NARROW.matches && this.#store.get("sidebar") !== false));
  }

  #fillWelcome() {
    const { description, article, confab } = this.#config;
    this.#welcome.append(description ? element("div", { class: "markdown" }, rendered(description)) : element("h2", {}, text.empty));
    const examples = confab.examples.map(([message, ...settings]) =>
      element("li", {}, element("button", { type: "button", dir: "auto", onclick: () => (this.#settings.write(settings), this.send(message)) }, message)));
    if (examples.length > 0) {
      this.#welcome.append(element("ul", { class: "examples", "aria-label": text.examples }, ...examples));
    }
    if (article) {
      this.#welcome.append(element("div", { class: "markdown small" }, rendered(article)));
    }
  }

  // --- messages

  /** Sends a message; false if that is not possible now. */
  send(message) {
    const last = this.#conversation.path().at(-1);
    return this.#unlessRunning((settings) => this.#answer(this.#conversation.add(last, "user", message), settings));
  }

  /** Sends a changed message in place of an old one. */
  edit(message, changed) {
    const before = this.#conversation.before(message).at(-1);
    return this.#unlessRunning((settings) => this.#answer(this.#conversation.add(before, "user", changed), settings));
  }

  /** Asks for another reply in place of one. */
  again(reply) {
    const asked = this.#conversation.before(reply).at(-1);
    this.#unlessRunning((settings) => {
      if (reply.state === "failed" && reply.text === "") {
        this.#conversation.remove(reply);
      }
      this.#answer(asked, settings);
    });
    this.#composer.focus();
  }

  /** Takes back the last message and its reply. */
  undo(reply) {
    const asked = this.#conversation.before(reply).at(-1);
    this.#conversation.remove(asked);
    this.#save(this.#conversation);
    this.#composer.value = asked.text;
    this.draft(asked.text);
    this.#show();
    this.#composer.focus();
  }

  /** Shows another branch. */
  choose(message) {
    this.#conversation.choose(message);
    this.#store.save(this.#conversation);
    this.#show();
    this.#views.get(message.id).element.querySelector(".branches button:not(:disabled)")?.focus();
  }

  stop() {
    this.#pending.get(this.#conversation.id)?.stop();
  }

  editLast() {
    const last = this.#conversation.path().findLast(({ role }) => role === "user");
    if (last && !this.#running) {
      this.#views.get(last.id).edit();
    }
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
      run(settings);
    }
    return settings !== null;
  }

  #answer(asked, settings) {
    const reply = this.#conversation.add(asked, "assistant", "", { state: "running" });
    this.#wait(reply, (pending) => pending.ask(settings));
    this.#show();
    this.#follower.follow();
    say(text.answering);
  }

  #wait(reply, begin) {
    const conversation = this.#conversation;
    const view = () => (this.#conversation === conversation ? this.#views.get(reply.id) : undefined);
    let savedAt = Date.now();
    const kept = () => this.#pending.get(conversation.id) === pending;
    const save = () => ((savedAt = Date.now()), kept() && this.#save(conversation));
    const pending = new PendingReply(this.#name, conversation, reply, {
      grew: () => {
        view()?.grow();
        if (Date.now() - savedAt > SAVE_MILLISECONDS) {
          save();
        }
      },
      waits: (what, fraction) => reply.text === "" || what !== "" ? view()?.wait(what, fraction) : view()?.grow(),
      notes: notify,
      started: save,
      ended: () => {
        save();
        this.#pending.delete(conversation.id);
        if (this.#conversation === conversation) {
          this.#show();
          this.#announce(reply);
        }
      },
    }, text);
    this.#pending.set(conversation.id, pending);
    begin(pending);
    save();
  }

  #announce({ state, text: content, error }) {
    if (state === "failed") {
      return; // the failure is an alert itself
    }
    const { textContent } = element("div", {}, rendered(content));
    say(state === "stopped" ? text.stopped : text.answered(textContent || errorText(error)));
  }

  #show() {
    const conversation = this.#conversation;
    const path = conversation.path();
    const views = path.map((message) => {
      const view = this.#views.get(message.id) ?? new MessageView(message, this);
      this.#views.set(message.id, view);
      view.show(conversation.versions(message), message === path.at(-1));
      return view.element;
    });
    const shown = [...this.#list.children];
    shown.filter((one) => !views.includes(one)).forEach((one) => one.remove());
    views.forEach((one, i) => this.#list.children[i] !== one && this.#list.insertBefore(one, this.#list.children[i] ?? null));
    this.#welcome.hidden = path.length > 0;
    this.#composer.running = this.#running;
  }

  // --- ratings

  /** The buttons of a reply as name of the picture, label and option. */
  ratings() {
    const { enabled, options } = this.#config.confab.flagging;
    if (!enabled) {
      return [];
    }
    const others = options.filter((option) => !(option in RATING_ICONS));
    const known = options.filter((option) => option in RATING_ICONS).map((option) => [...RATING_ICONS[option], option]);
    return others.length === 0 ? known : [...known, ["flag", text.flag, others[0]]];
  }

  /** Sends an opinion with what the user writes of it. */
  async rate(reply, option) {
    const others = this.#config.confab.flagging.options.filter((one) => !(one in RATING_ICONS));
    const choices = others.includes(option) && others.length > 1 ? others : [];
    const answer = await ask(RATING_ICONS[option]?.[1] ?? text.flag, { label: text.comment, button: text.send, multiline: true, choices });
    if (answer === null) {
      return;
    }
    const asked = this.#conversation.before(reply).at(-1);
    const chosen = answer.choice ?? option;
    try {
      const inputs = [asked.text, ...(this.#settings.values() ?? [])];
      await post("gradio_api/flag", { inputs, outputs: [reply.text], option: chosen, comment: answer.value });
      reply.rating = option;
      this.#save(this.#conversation);
      this.#show();
      notify(text.flagSent);
    } catch (error) {
      notify(errorText(error), [text.tryAgain, () => this.rate(reply, option)]);
    }
  }

  // --- conversations

  /** Begins a new one. */
  begin() {
    this.open("");
    this.#composer.focus();
  }

  /** Opens one that was kept, or a new one if there is none. */
  open(id) {
    const kept = this.#store.load(id);
    this.#conversation = this.#pending.get(id)?.conversation ?? new Conversation(kept ?? {});
    this.#views.clear();
    this.#list.replaceChildren();
    sessionStorage.setItem("confab:conversation", this.#conversation.id);
    this.#takeUp();
    this.#show();
    this.#sidebar.show(this.#conversation.id);
    this.#composer.value = this.#store.get(`draft:${kept ? id : ""}`) ?? "";
    this.#follower?.follow();
    if (NARROW.matches) {
      this.closeSidebar();
    }
    if (!matchMedia("(pointer: coarse)").matches) {
      this.#composer.focus();
    }
  }

  /** A reply that was coming when the page was left comes on. */
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

  #changedElsewhere(id) {
    const kept = this.#store.load(id);
    if (id === this.#conversation.id && kept && !this.#pending.has(id)) {
      this.#conversation = new Conversation(kept);
      this.#views.clear();
      this.#list.replaceChildren();
      this.#show();
    }
    this.#sidebar.show();
  }

  #save(conversation) {
    if (conversation.messages.length === 0) {
      this.#store.delete(conversation.id);
    } else if (!this.#store.save(conversation)) {
      notify(text.storeFull);
    }
    this.#sidebar.show();
  }

  /** Keeps what was written and not sent. */
  draft(written) {
    this.#store.put(`draft:${this.#conversation.messages.length > 0 ? this.#conversation.id : ""}`, written || null);
  }

  rename(id, title) {
    const conversation = id === this.#conversation.id ? this.#conversation : new Conversation(this.#store.load(id));
    conversation.title = title;
    this.#save(conversation);
  }

  delete(id) {
    const kept = this.#store.load(id);
    this.#store.delete(id);
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.stop();
    if (id === this.#conversation.id) {
      this.begin();
    }
    this.#sidebar.show();
    notify(text.deleted(kept.title), [text.undo, () => (this.#store.save(kept), this.open(id))]);
  }

  export(id, kind) {
    const conversation = new Conversation(this.#store.load(id));
    const { title, updated, messages, choices } = conversation;
    const content = kind === "md"
      ? conversation.markdown({ user: text.you, assistant: text.reply })
      : JSON.stringify({ title, updated, messages, choices }, null, 2);
    const url = URL.createObjectURL(new Blob([content], { type: kind === "md" ? "text/markdown" : "application/json" }));
    const name = title.replace(/[^\p{L}\p{N} _-]/gu, "").trim() || text.message;
    element("a", { href: url, download: `${name}.${kind}` }).click();
    setTimeout(() => URL.revokeObjectURL(url));
  }

  import(json) {
    try {
      const conversation = Conversation.imported(json);
      this.#save(conversation);
      this.open(conversation.id);
    } catch {
      notify(text.importFailed);
    }
  }

  // --- the rest of the page

  closeSidebar() {
    this.#showSidebar(false);
    document.getElementById("menu").focus();
  }

  #toggleSidebar() {
    const open = document.documentElement.dataset.sidebar !== "open";
    this.#showSidebar(open);
    if (!NARROW.matches) {
      this.#store.put("sidebar", open);
    } else if (open) {
      this.#sidebar.element.querySelector("button").focus();
    }
  }

  #showSidebar(open) {
    document.documentElement.dataset.sidebar = open ? "open" : "closed";
    document.getElementById("menu").setAttribute("aria-expanded", String(open));
    this.#sidebar.element.inert = !open;
    this.#main.inert = open && NARROW.matches;
  }

  #help() {
    const rows = text.keyList.flatMap(([keys, what]) => [element("dt", {}, element("kbd", {}, keys)), element("dd", {}, what)]);
    dialog(text.keys, element("dl", { class: "keys" }, ...rows));
  }

  #key(event) {
    const control = event.ctrlKey || event.metaKey;
    const shortcut = `${control ? "Ctrl+" : ""}${event.shiftKey ? "Shift+" : ""}${event.key.toUpperCase()}`;
    const open = document.querySelector("dialog[open], :popover-open");
    const run = open ? undefined : {
      "CTRL+SHIFT+O": () => this.begin(),
      "CTRL+K": () => (this.#showSidebar(true), this.#sidebar.focusSearch()),
      "CTRL+SHIFT+C": () => this.#copyLast(),
      "CTRL+/": () => this.#help(),
      "SHIFT+ESCAPE": () => this.#composer.focus(),
      ESCAPE: () => (this.#main.inert ? this.closeSidebar() : this.stop()),
    }[shortcut.toUpperCase()];
    if (run) {
      event.preventDefault();
      run();
    }
  }

  async #copyLast() {
    const last = this.#conversation.path().findLast(({ role }) => role === "assistant");
    if (last && (await copy(last.text))) {
      notify(text.copied);
    }
  }
}

/** Shows the page. */
export function showChat(config) {
  new Chat(config);
}
