/** Outputs: shows the values of components. Only what the page's author declared as HTML becomes HTML. */
import { copyButton } from "./clipboard.js";
import { element } from "./element.js";
import { highlighted } from "./highlight.js";
import { rendered } from "./markdown.js";
import { addressOf } from "./protocol.js";
import { text } from "./text.js";

/** An object with `element` and `show(value)`. */
export function output({ type, props }) {
  const body = element("div", { class: `value ${type}`, tabindex: type === "json" ? 0 : null });
  const heading = element("span", { class: "label" }, props.label || text.result);
  const frame = element("section", { class: "output", "aria-label": props.label || text.result });
  let current = null;
  const plain = () => (typeof current === "string" ? current : JSON.stringify(current, null, 2));
  const copy = ["textbox", "json", "markdown", "number"].includes(type) ? copyButton(text.copy, plain) : null;
  frame.append(element("header", {}, heading, copy), body);
  const show = (value) => {
    current = value ?? null;
    const empty = current === null || current === "";
    frame.toggleAttribute("data-empty", empty);
    body.replaceChildren(...(empty ? [] : nodes(type, current)));
    if (!empty && type === "html") {
      body.innerHTML = current;
    }
  };
  show(props.value ?? null);
  return { element: frame, show };
}

function nodes(type, value) {
  switch (type) {
    case "html":
      return [];
    case "markdown":
      return [rendered(value)];
    case "json":
      return highlighted(JSON.stringify(value, null, 2), "json");
    case "image":
      return [element("img", { src: addressOf(value), alt: value.orig_name ?? "" })];
    case "file":
      return [value].flat().map((file) => {
        const name = file.orig_name ?? file.path.split("/").at(-1);
        return element("a", { href: addressOf(file), download: name, "aria-label": text.download({ name }) }, name);
      });
    case "chatbot":
      return value.map(({ role, content }) => element("div", { class: `message ${role}` },
        rendered([content].flat().map((part) => part.text ?? part).join(""))));
    case "checkbox":
      return [value ? "✓" : "✗"];
    default:
      return [element("span", { dir: "auto" }, typeof value === "object" ? JSON.stringify(value) : String(value))];
  }
}
