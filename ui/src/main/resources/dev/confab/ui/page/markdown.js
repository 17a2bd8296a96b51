/** Markdown that may still be growing, as sanitised elements. */
import { marked } from "./library/marked.js";
import "./library/purify.js";
import { copyButton } from "./clipboard.js";
import { element } from "./element.js";
import { formulaExtensions, showFormulas } from "./formulas.js";
import { highlighted } from "./highlight.js";
import { text } from "./text.js";

const { DOMPurify } = globalThis;
marked.use({ gfm: true, breaks: true, extensions: formulaExtensions });

/** Nothing that runs, is fetched from elsewhere by itself, sends something or looks like a part of the page. */
const SANITISED = {
  RETURN_DOM_FRAGMENT: true,
  USE_PROFILES: { html: true },
  FORBID_TAGS: ["style", "form", "button", "select", "textarea", "dialog", "audio", "video", "source", "picture"],
  FORBID_ATTR: ["style", "class", "id", "name", "popover", "srcset", "autofocus", "contenteditable", "tabindex"],
};
const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, blockquote, table, summary";

/** The nodes for a whole text. */
export function rendered(markdown) {
  return fragment(marked.lexer(markdown), true);
}

/**
 * Shows a text that only grows. Blocks that are finished are never touched again; the one at the end is made anew at each
 * change, so that the work for a part depends on the length of one block alone.
 */
export class GrowingMarkdown {
  #target;
  #source = "";
  #finished = 0;
  #tail = [];

  constructor(target) {
    this.#target = target;
  }

  /** Shows the text, of which the text before is the beginning. */
  update(source) {
    if (!source.startsWith(this.#source)) {
      this.#finished = 0;
      this.#target.replaceChildren();
    }
    this.#source = source;
    this.#tail.forEach((node) => node.remove());
    const tokens = marked.lexer(source.slice(this.#finished));
    const last = tokens.findLastIndex((token) => token.type !== "space");
    const finished = tokens.slice(0, Math.max(last, 0));
    finished.links = tokens.links;
    this.#target.append(fragment(finished, true));
    this.#finished += finished.reduce((length, token) => length + token.raw.length, 0);
    const open = tokens.slice(Math.max(last, 0));
    open.links = tokens.links;
    this.#tail = [...fragment(open, false).childNodes];
    this.#target.append(...this.#tail);
  }

  /** The text is complete. */
  end(source) {
    this.#source = source;
    const blocks = rendered(source);
    this.#tail.forEach((node) => node.remove());
    this.#tail = [];
    const shown = [...this.#target.childNodes];
    const made = [...blocks.childNodes];
    const same = made.findIndex((node, i) => !shown[i]?.isEqualNode(node));
    if (same !== -1) {
      shown.slice(same).forEach((node) => node.remove());
      this.#target.append(...made.slice(same));
    }
  }
}

function fragment(tokens, complete) {
  const nodes = DOMPurify.sanitize(marked.parser(tokens), SANITISED);
  nodes.querySelectorAll("a[href]").forEach((link) => Object.assign(link, { target: "_blank", rel: "noopener noreferrer" }));
  nodes.querySelectorAll("img").forEach(replaceForeign);
  nodes.querySelectorAll("input").forEach((box) => (box.type === "checkbox" ? (box.disabled = true) : box.remove()));
  nodes.querySelectorAll("h1, h2, h3, h4, h5").forEach(lower);
  nodes.querySelectorAll(BLOCKS).forEach((block) => (block.dir = "auto"));
  nodes.querySelectorAll("table").forEach((table) => {
    const frame = element("div", { class: "table", tabindex: 0, role: "group" });
    table.replaceWith(frame);
    frame.append(table);
  });
  showFormulas(nodes);
  codeBlocks(nodes, tokens, complete);
  return nodes;
}

/** The highest heading is the page's own. */
function lower(heading) {
  heading.replaceWith(element(`h${Number(heading.localName[1]) + 1}`, {}, ...heading.childNodes));
}

/**
 * A picture from elsewhere would tell its server who reads, and one from here might be an address that does something, such
 * as to log out: only files and data stay pictures, others become links.
 */
function replaceForeign(image) {
  const files = new URL("gradio_api/file=", document.baseURI).href;
  if (!image.src.startsWith(files) && !image.src.startsWith("data:image/")) {
    const { src, alt } = image;
    image.replaceWith(element("a", { href: src, target: "_blank", rel: "noopener noreferrer" }, alt || src));
  }
}

/** The sanitiser takes classes away, so languages come from the tokens. */
function codeBlocks(nodes, tokens, complete) {
  const languages = [];
  marked.walkTokens(tokens, (token) => token.type === "code" && languages.push((token.lang ?? "").split(/\s/)[0]));
  nodes.querySelectorAll("pre > code").forEach((code, i) => {
    const language = (languages[i] ?? "").toLowerCase();
    const source = code.textContent;
    if (complete) {
      code.replaceChildren(...highlighted(source, language));
    }
    const pre = code.parentElement;
    const frame = element("figure", { class: "code", dir: "ltr" });
    pre.replaceWith(frame);
    pre.tabIndex = 0;
    frame.append(
      element("figcaption", {}, element("span", {}, language || text.code), copyButton(text.copyCode, () => source)),
      pre,
    );
  });
}
