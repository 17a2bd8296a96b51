/** Messages that pass: to screen readers alone, or to everybody, perhaps with something to do. */
import { element, iconButton } from "./element.js";
import { text } from "./text.js";

const SHOWN_MILLISECONDS = 8000;

const speech = element("div", { class: "hidden", role: "status", "aria-live": "polite" });
const notices = element("div", { class: "notices", role: "status", "aria-live": "polite" });
document.body.append(speech, notices);

/** Tells screen readers. */
export function say(message) {
  speech.textContent = "";
  requestAnimationFrame(() => (speech.textContent = message));
}

/** Shows a message for a while; `action` is a label and what to do. */
export function notify(message, action) {
  const notice = element("div", { class: "notice" }, element("span", {}, message));
  const close = () => notice.remove();
  if (action) {
    const [label, run] = action;
    notice.append(element("button", { type: "button", class: "text", onclick: () => (close(), run()) }, label));
  }
  notice.append(iconButton("close", text.close, close));
  notices.replaceChildren(notice);
  let timer = setTimeout(close, SHOWN_MILLISECONDS);
  notice.addEventListener("pointerenter", () => clearTimeout(timer));
  notice.addEventListener("focusin", () => clearTimeout(timer));
  notice.addEventListener("pointerleave", () => (timer = setTimeout(close, SHOWN_MILLISECONDS)));
}
