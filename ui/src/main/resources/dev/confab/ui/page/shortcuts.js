/** Keyboard shortcuts, and the dialog that lists them. */
import { dialog } from "./dialog.js";
import { element } from "./element.js";
import { text } from "./text.js";

/** By the names of their texts; those with `does` are the page's own, the others are the field's. */
const KEYS = [
  { name: "send", keys: "Enter" },
  { name: "newLine", keys: "Shift + Enter" },
  { name: "editLast", keys: "↑" },
  { name: "stop", keys: "Esc", does: "ESCAPE" },
  { name: "write", keys: "Shift + Esc", does: "SHIFT+ESCAPE" },
  { name: "newConversation", keys: "Ctrl + Shift + O", does: "CTRL+SHIFT+O" },
  { name: "search", keys: "Ctrl + K", does: "CTRL+K" },
  { name: "copyLast", keys: "Ctrl + Shift + C", does: "CTRL+SHIFT+C" },
  { name: "help", keys: "Ctrl + /", does: "CTRL+/" },
];

/** Calls `actions`, by the names above, when their keys are pressed and no dialog or menu is open. */
export function listen(actions) {
  const byKeys = new Map(KEYS.filter(({ does }) => does).map(({ name, does }) => [does, actions[name]]));
  addEventListener("keydown", (event) => {
    const control = event.ctrlKey || event.metaKey;
    const run = byKeys.get(`${control ? "Ctrl+" : ""}${event.shiftKey ? "Shift+" : ""}${event.key}`.toUpperCase());
    if (run && !document.querySelector("dialog[open], :popover-open")) {
      event.preventDefault();
      run();
    }
  });
}

/** Shows them. */
export function showShortcuts() {
  const rows = KEYS.flatMap(({ name, keys }) => [element("dt", {}, element("kbd", {}, keys)), element("dd", {}, text.keyList[name])]);
  dialog(text.keys, element("dl", { class: "keys" }, ...rows));
}
