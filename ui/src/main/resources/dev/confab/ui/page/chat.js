/** The page of a chat: puts its parts together. */
import { pageMenu } from "./bar.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { element, iconButton } from "./element.js";
import { download, imported } from "./files.js";
import { rendered } from "./markdown.js";
import { errorText } from "./message.js";
import { notify } from "./notice.js";
import { Settings } from "./settings.js";
import { share } from "./sharing.js";
import { listen, showShortcuts } from "./shortcuts.js";
import { Sidebar } from "./sidebar.js";
import { ConversationStore, Memory, tab } from "./store.js";
import { text } from "./text.js";
import { Thread } from "./thread.js";

const NARROW = matchMedia("(max-width: 52rem)");

/** Whether the page is in the frame of `widget.js`, and whether that is a panel, which closes when it is told. */
const EMBEDDED = new URLSearchParams(location.search).has("embedded") && parent !== window;
const IN_PANEL = EMBEDDED && new URLSearchParams(location.search).get("embedded") !== "inline";
const leave = () => parent.postMessage("confab:close", "*");

class Chat {
  #config;
  #store;
  #memory;
  #settings;
  #thread;
  #composer;
  #sidebar;
  #main;
  #temporary = iconButton("temporary", text.temporary, () => this.#toggleTemporary(), { "aria-pressed": "false" });
  #opening = 0;

  constructor(config) {
    this.#config = config;
    const page = new URL(document.baseURI).pathname;
    this.#store = new ConversationStore(page);
    this.#memory = new Memory(page, config.username);
    const components = new Map(config.components.map((component) => [component.id, component]));
    const limits = { maxFileSize: config.max_file_size };
    const settings = config.confab.additional_inputs.map((id) => components.get(id));
    this.#settings = new Settings(settings, this.#memory, limits, () => this.#keepSettings());
    this.#thread = new Thread(config, {
      store: this.#store, memory: this.#memory, settings: this.#settings, welcome: this.#welcome(),
      changed: (id) => this.#changed(id),
    });
    this.#composer = new Composer(this.#thread, components.get(config.confab.inputs[0]), limits);
    this.#thread.composer = this.#composer;
    this.#sidebar = new Sidebar(this.#store, this);
    this.#build();
    this.#store.onChange((id) => this.#changedElsewhere(id));
    listen({
      newConversation: () => this.begin(),
      search: () => (this.#showSidebar(true), this.#sidebar.focusSearch()),
      copyLast: () => this.#thread.copyLast(),
      help: showShortcuts,
      write: () => this.#composer.focus(),
      stop: () => this.#escape(),
    });
    this.#openLast();
  }

  /** What the tab showed before it was loaded again. In another site's page nothing is known of that, so it is the newest. */
  async #openLast() {
    const newest = async () => (await this.#store.list({ limit: 1 }).catch(() => null))?.items[0]?.id;
    const last = tab.get("conversation") ?? (EMBEDDED ? await newest() : "");
    this.open(last ?? "");
  }

  #build() {
    const settings = iconButton("settings", text.settings, () => this.#settings.open());
    const bar = element("header", { class: "bar" },
      iconButton("menu", text.openConversations, () => this.#toggleSidebar(), { "aria-controls": "sidebar", id: "menu" }),
      element("h1", {}, this.#config.title || document.title || "Chat"),
      this.#settings.any ? settings : null,
      this.#temporary,
      iconButton("add", text.newConversation, () => this.begin()),
      pageMenu(this.#config, () => this.#entries()),
      IN_PANEL ? iconButton("close", text.closeChat, leave) : null);
    this.#main = element("main", {}, bar, this.#thread.element, this.#composer.element);
    this.#composer.element.prepend(this.#thread.jump); // above it, however high it is
    const shade = element("div", { class: "shade", onclick: () => this.closeSidebar() });
    document.getElementById("page").replaceChildren(element("div", { class: "chat" }, this.#sidebar.element, shade, this.#main));
    this.#composer.takeDropped(this.#main);
    const fit = () => this.#showSidebar(!NARROW.matches && this.#memory.get("sidebar") !== false);
    fit();
    NARROW.addEventListener("change", fit);
  }

  /** What the menu has for the conversation that is open. */
  #entries() {
    const { id, messages, temporary } = this.#thread.conversation;
    const any = messages.length > 0;
    return [
      ...(any ? [[text.copyChat, () => this.#thread.copyAll()]] : []),
      ...(any && !temporary ? [[text.share, () => this.share(id)]] : []),
      [text.keys, showShortcuts],
      null,
    ];
  }

  #welcome() {
    const { description, article, confab } = this.#config;
    const run = ([message, ...settings]) => (this.#settings.write(settings), this.#thread.send(typeof message === "string" ? { text: message } : message));
    const examples = confab.examples.map((row) =>
      element("li", {}, element("button", { type: "button", dir: "auto", onclick: () => run(row) }, row[0].text ?? row[0])));
    return element("section", { class: "welcome", "aria-label": text.empty },
      description ? element("div", { class: "markdown" }, rendered(description)) : element("h2", {}, text.empty),
      element("p", { class: "small temporary" }, text.temporaryExplained),
      examples.length > 0 ? element("ul", { class: "examples", "aria-label": text.examples }, ...examples) : null,
      article ? element("div", { class: "markdown small" }, rendered(article)) : null);
  }

  // --- conversations

  /** Begins a new one. */
  begin() {
    this.open("");
    this.#composer.focus();
  }

  /** Changes between a new conversation and one that is not saved. */
  #toggleTemporary() {
    this.#show(new Conversation({ temporary: !this.#thread.conversation.temporary }));
  }

  /** Opens one that was kept, or a new one if there is none. What is opened last is shown, however long others take. */
  async open(id) {
    const opening = ++this.#opening;
    const conversation = id === "" ? null : await this.#find(id);
    if (opening === this.#opening) {
      this.#show(conversation ?? new Conversation());
    }
  }

  async #find(id) {
    const known = this.#thread.known(id);
    if (known) {
      return known;
    }
    try {
      const kept = await this.#store.load(id);
      return kept && new Conversation(kept);
    } catch (error) {
      notify(errorText(error), [text.tryAgain, () => this.open(id)]);
      return null;
    }
  }

  #show(conversation) {
    if (this.#thread.conversation.temporary) {
      this.#thread.leave(this.#thread.conversation.id);
    }
    this.#settings.show(conversation.messages.length > 0 ? conversation.settings : null);
    this.#thread.open(conversation);
    this.#showTemporary();
    this.#remember();
    this.#sidebar.show(conversation.id);
    this.#composer.value = this.#memory.get(`draft:${conversation.messages.length > 0 ? conversation.id : ""}`) ?? "";
    if (NARROW.matches) {
      this.closeSidebar();
    }
    if (!matchMedia("(pointer: coarse)").matches) {
      this.#composer.focus();
    }
  }

  #showTemporary() {
    const { temporary } = this.#thread.conversation;
    this.#main.toggleAttribute("data-temporary", temporary);
    this.#temporary.setAttribute("aria-pressed", String(temporary));
  }

  /** The tab shows the same conversation when it is loaded again; an empty one is not worth it. */
  #remember() {
    const { id, messages, temporary } = this.#thread.conversation;
    tab.put("conversation", messages.length > 0 && !temporary ? id : "");
  }

  #changed() {
    this.#remember();
    this.#sidebar.show();
  }

  async #changedElsewhere(id) {
    this.#sidebar.show();
    const isOpen = () => id === this.#thread.conversation.id && !this.#thread.isPending(id);
    const kept = isOpen() && (await this.#store.load(id).catch(() => null));
    if (kept && isOpen()) {
      this.#thread.open(new Conversation(kept));
    }
  }

  #keepSettings() {
    const { conversation } = this.#thread;
    conversation.settings = this.#settings.named();
    if (conversation.messages.length > 0 && !conversation.temporary) {
      this.#quietly(this.#store.change(conversation.id, { settings: conversation.settings }));
    }
  }

  async rename(id, title) {
    if (id === this.#thread.conversation.id) {
      this.#thread.conversation.title = title;
    }
    await this.#quietly(this.#store.change(id, { title }));
    this.#sidebar.show();
  }

  async delete(id, title) {
    this.#thread.leave(id);
    if (!(await this.#quietly(this.#store.delete(id)))) {
      return;
    }
    if (id === this.#thread.conversation.id) {
      this.begin();
    }
    this.#sidebar.show();
    const undo = async () => (await this.#quietly(this.#store.restore(id))) && this.open(id);
    notify(text.deleted({ title }), [text.undo, undo]);
  }

  async export(id, kind) {
    const conversation = await this.#find(id);
    if (conversation) {
      download(conversation, kind);
    }
  }

  share(id) {
    share(this.#store, id);
  }

  async import(content) {
    try {
      const conversation = imported(content);
      await this.#store.save(conversation);
      this.open(conversation.id);
    } catch (error) {
      notify(error.kind ? errorText(error) : text.importFailed);
    }
  }

  async #quietly(promise) {
    try {
      await promise;
      return true;
    } catch (error) {
      notify(errorText(error));
      return false;
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
      this.#memory.put("sidebar", open);
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

  #escape() {
    if (this.#main.inert) {
      this.closeSidebar();
    } else if (this.#thread.stop() === undefined && IN_PANEL) {
      leave();
    }
  }
}

/** Shows the page. */
export function showChat(config) {
  new Chat(config);
}
