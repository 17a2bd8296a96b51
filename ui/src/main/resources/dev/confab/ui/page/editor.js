/** Changes a text in its place. */
import { element } from "./element.js";
import { grow } from "./fields.js";
import { isComposing } from "./composer.js";
import { text } from "./text.js";

/** A form with a text; `send(changed)` and `close()` are what its buttons do, `form.begin()` gives it the focus. */
export function editor(content, send, close) {
  const area = element("textarea", { value: content, "aria-label": text.editing, dir: "auto" });
  const form = element("form", {}, area, element("div", { class: "buttons" },
    element("button", { type: "button", onclick: close }, text.cancel), element("button", { class: "primary" }, text.send)));
  area.addEventListener("input", () => grow(area));
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else if (event.key === "Enter" && !event.shiftKey && !isComposing(event)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (area.value.trim() !== "") {
      send(area.value.trim());
    }
  });
  form.begin = () => {
    grow(area);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  };
  return form;
}
