/** The link by which others read a conversation. */
import { copyButton } from "./clipboard.js";
import { dialog } from "./dialog.js";
import { element } from "./element.js";
import { errorText } from "./message.js";
import { notify } from "./notice.js";
import { text } from "./text.js";

const addressOf = (token) => new URL(`share/${token}`, document.baseURI).href;

/** Shows the link, or how to make one, and takes it back if the user wants to. */
export async function share(store, id) {
  const body = element("div");
  const attempt = async (promise) => {
    try {
      return await promise;
    } catch (error) {
      notify(errorText(error));
      return undefined;
    }
  };
  const show = (token) => {
    if (token === undefined) {
      return;
    }
    body.replaceChildren(...(token === null ? unshared() : shared(addressOf(token))));
    body.querySelector("input, button").focus();
  };
  const unshared = () => [
    element("p", {}, text.shareExplained),
    element("div", { class: "buttons" },
      element("button", { type: "button", class: "primary", onclick: async () => show(await attempt(store.share(id))) }, text.shareMake)),
  ];
  const shared = (address) => [
    element("p", {}, text.shareMade),
    element("div", { class: "link" },
      element("input", { value: address, readOnly: true, "aria-label": text.shareLink, onfocus: ({ target }) => target.select() }),
      copyButton(text.copy, () => address)),
    element("div", { class: "buttons" },
      element("button", { type: "button", onclick: async () => show(await attempt(store.withdraw(id))) }, text.shareWithdraw),
      element("a", { href: address, target: "_blank", class: "button" }, text.shareOpen)),
  ];
  const token = await attempt(store.shareToken(id));
  if (token !== undefined) {
    dialog(text.share, body);
    show(token);
  }
}
