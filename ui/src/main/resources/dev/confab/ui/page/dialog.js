/** Dialogs and menus. */
import { element, icon, iconButton } from "./element.js";
import { text } from "./text.js";

/** A dialog; the browser keeps the focus in it and brings it back. */
export function dialog(title, ...content) {
  const made = element("dialog", { "aria-label": title, class: "dialog" });
  made.append(
    element("header", {}, element("h2", {}, title), iconButton("close", text.close, () => made.close())),
    ...content,
  );
  made.addEventListener("click", (event) => event.target === made && made.close());
  made.addEventListener("close", () => made.remove());
  document.body.append(made);
  made.showModal();
  return made;
}

/** Asks for a line of text; resolves to null if the user leaves. */
export function ask(title, { label, value = "", button, multiline = false, choices = [] }) {
  return new Promise((resolve) => {
    let answer = null;
    const field = element(multiline ? "textarea" : "input", { value, rows: 3, "aria-label": label, placeholder: label, dir: "auto" });
    const options = choices.map((choice, i) =>
      element("label", { class: "choice" }, element("input", { type: "radio", name: "choice", value: choice, checked: i === 0 }), choice),
    );
    const form = element("form", { method: "dialog" }, ...options, field, element("div", { class: "buttons" },
      element("button", { type: "button", onclick: () => opened.close() }, text.cancel), element("button", { class: "primary" }, button)));
    form.addEventListener("submit", () => (answer = { value: field.value, choice: form.elements.choice?.value }));
    const opened = dialog(title, form);
    opened.addEventListener("close", () => resolve(answer));
    field.focus();
    field.select();
  });
}

/** A button that opens a menu; `items` returns pairs of a label and what to do, or elements. */
export function menuButton(label, items, properties = {}, picture = "more") {
  const menu = element("div", { popover: "auto", role: "menu", class: "menu", "aria-label": label });
  const button = iconButton(picture, label, () => (menu.matches(":popover-open") ? menu.hidePopover() : open()), {
    "aria-haspopup": "menu", "aria-expanded": "false", ...properties,
  });
  const open = () => {
    menu.replaceChildren(...items().map((item) => menuItem(menu, item)));
    button.after(menu);
    menu.showPopover();
    const place = button.getBoundingClientRect();
    const left = Math.min(Math.max(8, place.right - menu.offsetWidth), innerWidth - menu.offsetWidth - 8);
    const below = place.bottom + 4 + menu.offsetHeight < innerHeight;
    menu.style.left = `${left}px`;
    menu.style.top = `${below ? place.bottom + 4 : Math.max(8, place.top - 4 - menu.offsetHeight)}px`;
    menu.querySelector("button")?.focus();
  };
  menu.addEventListener("toggle", ({ newState }) => button.setAttribute("aria-expanded", newState === "open"));
  menu.addEventListener("keydown", (event) => move(menu, event));
  return button;
}

/** An item is null for a line between others, or a label, what to do, perhaps whether it is checked, and perhaps the label's language. */
function menuItem(menu, content) {
  if (content === null) {
    return element("hr");
  }
  const [name, run, checked, lang] = content;
  const role = checked === undefined ? "menuitem" : "menuitemradio";
  const onclick = () => {
    menu.hidePopover();
    run();
  };
  const item = element("button", { type: "button", role, "aria-checked": checked === undefined ? null : String(checked), lang, onclick }, name);
  if (checked) {
    item.append(icon("check"));
  }
  return item;
}

function move(menu, event) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  const items = [...menu.querySelectorAll("button")];
  const index = items.indexOf(document.activeElement);
  if (event.key in steps) {
    event.preventDefault();
    items.at((index + steps[event.key]) % items.length).focus();
  } else if (event.key === "Home" || event.key === "End") {
    event.preventDefault();
    items.at(event.key === "Home" ? 0 : -1).focus();
  }
}
