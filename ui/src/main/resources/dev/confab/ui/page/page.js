/** Begins: asks what kind of page it is and shows it. */
import { element } from "./element.js";
import { request } from "./protocol.js";
import { errorText } from "./message.js";
import { text } from "./text.js";

async function show() {
  try {
    const config = await (await request("config")).json();
    if (config.mode === "chat_interface") {
      (await import("./chat.js")).showChat(config);
    } else {
      (await import("./form.js")).showForm(config);
    }
    if (config.confab.custom_js) {
      document.head.append(element("script", { type: "module", src: "custom.js" }));
    }
  } catch (error) {
    document.getElementById("page").replaceChildren(element("main", { class: "failure", role: "alert" },
      element("p", {}, errorText(error)), element("button", { type: "button", onclick: show }, text.tryAgain)));
  }
}

await show();
