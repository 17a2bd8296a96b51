/** Colours code: comments, texts, numbers and the words that most languages reserve. No language is parsed. */

const WORDS =
  "abstract and as assert async await boolean break byte case catch char class const continue def default delete do double " +
  "elif else end enum except export extends false final finally float fn for from func function if impl implements import " +
  "in instanceof int interface is lambda let long match mod module mut namespace new nil not null None of or package pass " +
  "private protected pub public raise record return self short static struct super switch then this throw throws trait " +
  "true True try type typeof undefined union use var void where while with yield False select insert update join group";

const C_STYLE = String.raw`//[^\n]*|/\*[\s\S]*?(?:\*/|$)`;
const HASH = String.raw`(?<![\w$])#[^\n]*`;
const COMMENTS = {
  bash: HASH, python: HASH, py: HASH, ruby: HASH, rb: HASH, sh: HASH, shell: HASH, toml: HASH, yaml: HASH, yml: HASH,
  html: "<!--[\\s\\S]*?(?:-->|$)", xml: "<!--[\\s\\S]*?(?:-->|$)", sql: "--[^\\n]*", lua: "--[^\\n]*", json: "(?!)",
};

const TEXT = String.raw`"""[\s\S]*?(?:"""|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|${"`"}(?:\\.|[^${"`"}\\])*${"`"}?`;
const NUMBER = String.raw`\b(?:0x[\da-f]+|\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)[a-z]?\b`;
const KINDS = ["comment", "text", "number", "word"];

/** Larger pieces of code stay plain. */
const MAX_CHARACTERS = 50_000;

/** The code as nodes. */
export function highlighted(code, language) {
  if (code.length > MAX_CHARACTERS || ["", "text", "plain", "markdown", "md"].includes(language)) {
    return [code];
  }
  const comment = COMMENTS[language] ?? C_STYLE;
  const pattern = new RegExp(`(${comment})|(${TEXT})|(${NUMBER})|(\\b(?:${WORDS.replaceAll(" ", "|")})\\b)`, "gi");
  const nodes = [];
  let end = 0;
  for (const match of code.matchAll(pattern)) {
    const span = document.createElement("span");
    span.className = `code-${KINDS[match.slice(1).findIndex((group) => group !== undefined)]}`;
    span.textContent = match[0];
    nodes.push(code.slice(end, match.index), span);
    end = match.index + match[0].length;
  }
  return [...nodes, code.slice(end)];
}
