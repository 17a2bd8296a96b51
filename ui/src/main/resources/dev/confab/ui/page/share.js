/** The page of a conversation that its owner shares: to be read, and nothing else. */
import { element } from "./element.js";
import { MessageView } from "./message.js";
import { request } from "./protocol.js";
import { text } from "./text.js";

const token = location.pathname.split("/").at(-1);
const page = document.getElementById("page");

try {
  const { title, messages, avatars } = await (await request(`shared/${token}`)).json();
  const views = messages.map(({ files = [], ...rest }) => {
    const message = { ...rest, files: files.map((file) => ({ ...file, below: `shared/${token}` })) };
    const view = new MessageView(message, null, avatars);
    view.show([message], false);
    return view.element;
  });
  document.title = title || document.title;
  page.replaceChildren(element("main", { class: "shared" },
    element("header", {}, element("h1", { dir: "auto" }, title), element("p", { class: "small" }, text.sharedReadOnly)),
    element("ol", { class: "messages", "aria-label": text.messages }, ...views),
    element("footer", {}, element("a", { href: "./" }, text.sharedBegin))));
} catch (error) {
  page.replaceChildren(element("main", { class: "failure", role: "alert" },
    element("p", {}, error.status === 404 ? text.sharedGone : text.unreachable)));
}
