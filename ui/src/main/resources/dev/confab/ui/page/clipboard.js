/** Copies texts. */
import { icon, iconButton } from "./element.js";
import { say } from "./notice.js";
import { text } from "./text.js";

const SHOWN_MILLISECONDS = 1500;

/** Copies a text, also where a page is not served over HTTPS and the browser has no clipboard for it. */
export async function copy(content) {
  try {
    await navigator.clipboard.writeText(content);
    return true;
  } catch {
    const area = Object.assign(document.createElement("textarea"), { value: content, className: "hidden" });
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    focused?.focus();
    return copied;
  }
}

/** A button that copies what `content` returns and then shows that it did. */
export function copyButton(label, content) {
  const button = iconButton("copy", label, async () => {
    const copied = await copy(content());
    say(copied ? text.copied : text.copyFailed);
    if (copied) {
      button.replaceChildren(icon("check"));
      setTimeout(() => button.replaceChildren(icon("copy")), SHOWN_MILLISECONDS);
    }
  });
  return button;
}
