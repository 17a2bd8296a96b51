/** TeX's formulas as MathML: as much as people and models usually write. Loaded when the first formula is shown. */
import { LETTERS, OPERATORS, LARGE, FUNCTIONS, WITH_LIMITS, ACCENTS,
  BELOW, SPACES, TEXTS, FENCES, GRIDS, ALPHABETS } from "./symbols.js";

const NAMESPACE = "http://www.w3.org/1998/Math/MathML";
const MAX_CHARACTERS = 10_000;
const MAX_DEPTH = 100;

const TOKEN = /\\(?:[a-zA-Z]+\*?|[\s\S])|\d+(?:\.\d+)?|\s+|[\s\S]/gu;

/**
 * A formula as an element; `display` for one that stands by itself.
 *
 * @throws if there is something in it that this does not know
 */
export function formula(tex, display) {
  if (tex.length > MAX_CHARACTERS) {
    throw new RangeError("the formula is too long");
  }
  const parser = new Parser(tex.match(TOKEN) ?? [], display);
  return make("math", display ? { display: "block" } : {}, parser.whole());
}

function make(name, attributes, ...children) {
  const made = document.createElementNS(NAMESPACE, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

const operator = (text, attributes = {}) => make("mo", attributes, text);
const row = (nodes) => (nodes.length === 1 ? nodes[0] : make("mrow", {}, ...nodes));

class Parser {
  #tokens;
  #display;
  #next = 0;
  #depth = 0;

  constructor(tokens, display) {
    this.#tokens = tokens;
    this.#display = display;
  }

  whole() {
    const nodes = this.#until(() => false);
    if (this.#next < this.#tokens.length) {
      throw new SyntaxError(`unexpected ${this.#peek()}`);
    }
    return make("mrow", {}, ...nodes);
  }

  #peek() {
    while (/^\s+$/.test(this.#tokens[this.#next] ?? "")) {
      this.#next++;
    }
    return this.#tokens[this.#next];
  }

  #take() {
    const token = this.#peek();
    if (token === undefined) {
      throw new SyntaxError("the formula is not complete");
    }
    this.#next++;
    return token;
  }

  #expect(token) {
    if (this.#take() !== token) {
      throw new SyntaxError(`expected ${token}`);
    }
  }

  /** What there is before a token that ends it. */
  #until(ends) {
    if (++this.#depth > MAX_DEPTH) {
      throw new RangeError("the formula is too deep");
    }
    const nodes = [];
    for (let token = this.#peek(); token !== undefined && token !== "}" && !ends(token); token = this.#peek()) {
      nodes.push(this.#scripted());
    }
    this.#depth--;
    return nodes;
  }

  /** Something with what stands below and above it. */
  #scripted() {
    const { node, limits } = this.#atom();
    let below = null;
    let above = [];
    for (let token = this.#peek(); ["_", "^", "'", "\\limits", "\\nolimits"].includes(token); token = this.#peek()) {
      this.#take();
      if (token === "_") {
        below = this.#argument();
      } else if (token === "^") {
        above.push(this.#argument());
      } else if (token === "'") {
        above.push(operator("′"));
      }
    }
    const around = limits && this.#display ? ["munder", "mover", "munderover"] : ["msub", "msup", "msubsup"];
    if (below !== null && above.length > 0) {
      return make(around[2], {}, node, below, row(above));
    }
    return below !== null ? make(around[0], {}, node, below) : above.length > 0 ? make(around[1], {}, node, row(above)) : node;
  }

  /** A group in braces, or one thing, which of a number is its first digit. */
  #argument() {
    const token = this.#peek() ?? "";
    if (/^\d./.test(token)) {
      this.#tokens.splice(this.#next, 1, token[0], token.slice(1));
    }
    return this.#atom().node;
  }

  #atom() {
    const token = this.#take();
    if (token === "{") {
      const nodes = this.#until(() => false);
      this.#expect("}");
      return { node: row(nodes) };
    }
    if (token.startsWith("\\")) {
      return this.#command(token.slice(1));
    }
    if (/^\d/.test(token)) {
      return { node: make("mn", {}, token) };
    }
    if (/^\p{L}$/u.test(token)) {
      return { node: make("mi", {}, token) };
    }
    if ("^_&".includes(token)) {
      throw new SyntaxError(`unexpected ${token}`);
    }
    return { node: token === "~" ? space("0.3em") : operator(token === "-" ? "−" : token, "()[]|/".includes(token) ? { stretchy: "false" } : {}) };
  }

  #command(name) {
    if (LETTERS.has(name)) {
      return { node: make("mi", /^[A-Z]/.test(name) ? { mathvariant: "normal" } : {}, LETTERS.get(name)) };
    }
    if (OPERATORS.has(name)) {
      return { node: operator(OPERATORS.get(name), { stretchy: "false" }) };
    }
    if (LARGE.has(name)) {
      return { node: operator(LARGE.get(name), { largeop: "true", movablelimits: "false" }), limits: !name.includes("int") };
    }
    if (FUNCTIONS.has(name) || WITH_LIMITS.has(name)) {
      const written = name.replace(/^(lim|arg)(?=sup|inf|max|min)/, "$1\u2009");
      return { node: operator(written, { lspace: "0.17em", rspace: "0.17em" }), limits: WITH_LIMITS.has(name) };
    }
    if (SPACES.has(name) || /^\s$/.test(name)) {
      return { node: space(SPACES.get(name) ?? "0.3em") };
    }
    if ("{}%$#&_".includes(name)) {
      return { node: operator(name, { stretchy: "false" }) };
    }
    return this.#construct(name);
  }

  #construct(name) {
    if (ACCENTS.has(name)) {
      return { node: make("mover", { accent: "true" }, this.#argument(), operator(ACCENTS.get(name))), limits: name === "overbrace" };
    }
    if (BELOW.has(name)) {
      return { node: make("munder", {}, this.#argument(), operator(BELOW.get(name))), limits: name === "underbrace" };
    }
    if (TEXTS.has(name)) {
      return { node: make("mtext", {}, this.#text()) };
    }
    if (name in ALPHABETS) {
      return { node: make("mi", {}, inAlphabet(this.#text(), ALPHABETS[name])) };
    }
    switch (name) {
      case "frac": case "dfrac": case "tfrac":
        return { node: make("mfrac", {}, this.#argument(), this.#argument()) };
      case "binom":
        return { node: row([operator("("), make("mfrac", { linethickness: "0" }, this.#argument(), this.#argument()), operator(")")]) };
      case "sqrt":
        return { node: this.#root() };
      case "left":
        return { node: this.#fenced() };
      case "|":
        return { node: operator("‖", { stretchy: "false" }) };
      case "begin":
        return { node: this.#grid() };
      case "displaystyle": case "textstyle": case "big": case "Big": case "bigg": case "Bigg": case "bigl": case "bigr":
        return { node: row([]) };
      default:
        throw new SyntaxError(`\\${name} is not known`);
    }
  }

  /** The characters of a group, as they are written. */
  #text() {
    if (this.#peek() !== "{") {
      return this.#take();
    }
    const begin = ++this.#next;
    let depth = 1;
    while (depth > 0) {
      const token = this.#tokens[this.#next++];
      if (token === undefined) {
        throw new SyntaxError("the formula is not complete");
      }
      depth += token === "{" ? 1 : token === "}" ? -1 : 0;
    }
    return this.#tokens.slice(begin, this.#next - 1).join("").replace(/^\s|\s$/g, "\u00a0");
  }

  #root() {
    if (this.#peek() !== "[") {
      return make("msqrt", {}, this.#argument());
    }
    this.#take();
    const index = row(this.#until((token) => token === "]"));
    this.#expect("]");
    return make("mroot", {}, this.#argument(), index);
  }

  #fenced() {
    const open = this.#fence();
    const inner = this.#until((token) => token === "\\right");
    this.#expect("\\right");
    return make("mrow", {}, ...open, ...inner, ...this.#fence());
  }

  #fence() {
    const token = this.#take();
    const name = token.startsWith("\\") ? OPERATORS.get(token.slice(1)) ?? token.slice(1).replace("|", "‖") : token;
    return token === "." ? [] : [operator(name, { fence: "true", stretchy: "true" })];
  }

  #grid() {
    const name = this.#text();
    if (!GRIDS.has(name)) {
      throw new SyntaxError(`the environment ${name} is not known`);
    }
    if (name === "array") {
      this.#text();
    }
    const rows = [[]];
    for (;;) {
      rows.at(-1).push(make("mtd", {}, ...this.#until((token) => ["&", "\\\\", "\\end"].includes(token))));
      const token = this.#take();
      if (token === "\\\\") {
        rows.push([]);
      } else if (token !== "&") {
        break;
      }
    }
    if (this.#text() !== name) {
      throw new SyntaxError(`expected the end of ${name}`);
    }
    const kind = name === "cases" ? "cases" : /^(align|split)/.test(name) ? "aligned" : "matrix";
    const grid = make("mtable", { class: kind }, ...rows.map((cells) => make("mtr", {}, ...cells)));
    const [open, close] = name === "cases" ? ["{"] : [...(FENCES.get(name) ?? "")];
    const fence = (text) => (text ? [operator(text, { fence: "true", stretchy: "true" })] : []);
    return make("mrow", {}, ...fence(open), grid, ...fence(close));
  }
}

const space = (width) => make("mspace", { width });

function inAlphabet(text, { known, ...first }) {
  const moved = (letter) => {
    const base = /[A-Z]/.test(letter) ? "A" : /[a-z]/.test(letter) ? "a" : /\d/.test(letter) ? "0" : "";
    return known[letter] ?? (base in first ? String.fromCodePoint(first[base] + letter.charCodeAt(0) - base.charCodeAt(0)) : letter);
  };
  return Array.from(text, moved).join("");
}
