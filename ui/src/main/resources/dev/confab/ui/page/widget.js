/*
 * Puts the chat into any page: a button that opens it in a panel. <script src="https://chat.example/widget.js"></script>
 * May have data-title, data-side ("left"), data-open. A program opens and closes it by confab.open() and confab.close().
 * With data-inline, the page stands where the script is, without a button; one that is no chat gets the height that it needs.
 */
(() => {
  const TEXTS = {{texts}};
  const OPEN = "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z";
  const CLOSE = "M6 6l12 12M18 6L6 18";
  const STYLE = `
    :host { all: initial; color-scheme: light dark; }
    * { box-sizing: border-box; }
    button {
      align-items: center; background: var(--confab-accent, #1d6b58); border: 0; border-radius: 50%; bottom: 1.25rem;
      box-shadow: 0 2px 12px #0005; color: var(--confab-on-accent, #fff); cursor: pointer; display: flex; height: 3.5rem;
      inset-inline-end: 1.25rem; justify-content: center; padding: 0; position: fixed; width: 3.5rem; z-index: 2147483001;
    }
    button:focus-visible, iframe:focus-visible { outline: 3px solid Highlight; outline-offset: 3px; }
    svg { fill: none; height: 1.6rem; stroke: currentColor; stroke-linecap: round; stroke-linejoin: round; stroke-width: 1.8; width: 1.6rem; }
    section {
      background: light-dark(#faf9f6, #171715); border: 1px solid light-dark(#e3dfd6, #35332f); border-radius: 1rem;
      bottom: 5.75rem; box-shadow: 0 8px 40px #0004; height: min(42rem, calc(100dvh - 7rem)); inset-inline-end: 1.25rem;
      overflow: hidden; position: fixed; width: min(26rem, calc(100vw - 2.5rem)); z-index: 2147483000;
    }
    section[hidden] { display: none; }
    iframe { border: 0; display: block; height: 100%; width: 100%; }
    :host([data-side="left"]) :is(button, section) { inset-inline: 1.25rem auto; }
    :host([data-inline]) { display: block; }
    :host([data-inline]) button { display: none; }
    :host([data-inline]) section { box-shadow: none; height: var(--confab-height, 40rem); inset: auto; position: static; width: auto; }
    @media (max-width: 30rem) {
      :host(:not([data-inline])) section { border: 0; border-radius: 0; height: auto; inset: 0; width: auto; }
      :host([data-open]) button { display: none; }
    }
  `;

  const script = document.currentScript;
  const home = new URL(".", script.src);
  const title = script.dataset.title ?? TEXTS.title;

  class ConfabWidget extends HTMLElement {
    #button = document.createElement("button");
    #panel = document.createElement("section");
    #frame = null;

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      const style = new CSSStyleSheet(); // unlike an element, no security policy forbids it
      style.replaceSync(STYLE);
      root.adoptedStyleSheets = [style];
      this.#panel.id = "panel";
      this.#panel.hidden = true;
      this.#panel.setAttribute("role", "dialog");
      this.#panel.setAttribute("aria-label", title || TEXTS.open);
      this.#button.type = "button";
      this.#button.setAttribute("aria-controls", "panel");
      this.#button.addEventListener("click", () => (this.#panel.hidden ? this.open() : this.close()));
      root.addEventListener("keydown", ({ key }) => key === "Escape" && !this.#panel.hidden && this.close());
      root.append(this.#panel, this.#button);
      this.#label();
      addEventListener("message", ({ origin, source, data }) => {
        if (origin === home.origin && source === this.#frame?.contentWindow) {
          this.#told(String(data));
        }
      });
    }

    connectedCallback() {
      this.lang = TEXTS.language;
      this.dir = TEXTS.direction;
      if (script.dataset.side) {
        this.dataset.side = script.dataset.side;
      }
      if ("inline" in script.dataset) {
        this.dataset.inline = "";
        this.#panel.setAttribute("role", "region");
      }
      if ("open" in script.dataset || "inline" in script.dataset) {
        this.#show();
      }
    }

    /** What the page in the frame says. */
    #told(message) {
      const [, height] = message.match(/^confab:height:(\d{1,5})$/) ?? [];
      if (message === "confab:close") {
        this.close();
      } else if (height && "inline" in this.dataset) {
        this.#panel.style.height = `${height}px`;
      }
    }

    /** Shows the chat, and gives it the focus. */
    open() {
      this.#show();
      this.#frame.focus();
    }

    /** Hides the chat, which stays as it is, and gives the button the focus. */
    close() {
      this.#panel.hidden = true;
      delete this.dataset.open;
      this.#label();
      this.#button.focus();
    }

    #show() {
      if (this.#frame === null) {
        this.#frame = document.createElement("iframe");
        this.#frame.title = title || TEXTS.open;
        this.#frame.allow = "clipboard-write";
        this.#frame.src = new URL("inline" in this.dataset ? "?embedded=inline" : "?embedded", home).href;
        this.#panel.append(this.#frame);
      }
      this.#panel.hidden = false;
      this.dataset.open = "";
      this.#label();
    }

    #label() {
      const isOpen = !this.#panel.hidden;
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      svg.setAttribute("viewBox", "0 0 24 24");
      svg.setAttribute("aria-hidden", "true");
      path.setAttribute("d", isOpen ? CLOSE : OPEN);
      svg.append(path);
      this.#button.replaceChildren(svg);
      this.#button.setAttribute("aria-label", isOpen ? TEXTS.close : TEXTS.open);
      this.#button.setAttribute("aria-expanded", String(isOpen));
    }
  }

  const show = () => {
    customElements.define("confab-widget", ConfabWidget);
    const widget = document.createElement("confab-widget");
    if ("inline" in script.dataset) {
      script.after(widget);
    } else {
      document.body.append(widget);
    }
    globalThis.confab = { open: () => widget.open(), close: () => widget.close() };
  };
  if (document.body) {
    show();
  } else {
    addEventListener("DOMContentLoaded", show);
  }
})();
