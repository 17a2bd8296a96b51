/** Formulas in Markdown, between dollars or TeX's brackets: `$a$`, `$$a$$`, `\(a\)`, `\[a\]`. */
import { element } from "./element.js";

const BLOCK = /^ {0,3}(?:\$\$([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\])[^\S\n]*(?:\n|$)/;

/** Dollars are prices where a space or a digit is beside them. */
const INLINE = /^(?:\$\$([^$]+?)\$\$|\\\[([\s\S]+?)\\\]|\$(?![\s$])((?:\\.|[^$\\\n])*?[^\s$\\])\$(?!\w)|\\\((.+?)\\\))/;

let maths = null;

const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
const placeOf = ({ name, tex, display }) => `<${name} data-formula="${display ? "block" : "inline"}">${escaped(tex)}</${name}>`;

/** What the Markdown library needs to see them. */
export const formulaExtensions = [
  {
    name: "formulaBlock",
    level: "block",
    start: (source) => source.match(/^ {0,3}(?:\$\$|\\\[)/m)?.index,
    tokenizer(source) {
      const [raw, first, second] = source.match(BLOCK) ?? [];
      return raw && { type: "formulaBlock", raw, tex: (first ?? second).trim() };
    },
    renderer: ({ tex }) => placeOf({ name: "div", tex, display: true }),
  },
  {
    name: "formula",
    level: "inline",
    start: (source) => source.match(/\$|\\[([]/)?.index,
    tokenizer(source) {
      const [raw, display, bracket, inline, parenthesis] = source.match(INLINE) ?? [];
      const tex = display ?? bracket ?? inline ?? parenthesis;
      return raw && { type: "formula", raw, tex: tex.trim(), display: (display ?? bracket) !== undefined };
    },
    renderer: ({ tex, display }) => placeOf({ name: "span", tex, display }),
  },
];

/** Shows the formulas among nodes; what is not understood stays as it was written. */
export function showFormulas(nodes) {
  const places = [...nodes.querySelectorAll("[data-formula]")];
  if (places.length === 0) {
    return;
  }
  if (maths) {
    places.forEach(show);
  } else {
    import("./maths.js").then((loaded) => {
      maths = loaded;
      places.forEach(show);
    }, () => {}); // the server is away: they stay as they were written
  }
}

function show(place) {
  const tex = place.textContent;
  try {
    place.replaceChildren(maths.formula(tex, place.dataset.formula === "block"));
    place.title = tex;
  } catch {
    place.replaceChildren(element("code", {}, tex));
  }
}
