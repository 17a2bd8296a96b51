/** Files of messages: those that the user is about to send, and those of messages that are shown. */
import { element, icon, iconButton } from "./element.js";
import { notify } from "./notice.js";
import { addressOf, upload } from "./protocol.js";
import { text } from "./text.js";

const PICTURE = /\.(png|jpe?g|gif|webp)$/i;

/** The files of the next message. */
export class Attachments {
  #props;
  #limits;
  #changed;
  #chosen = [];

  /** The files that are chosen, each with a button that takes it away. */
  list = element("ul", { class: "attached", hidden: true, "aria-label": text.files });

  /** Asks for more of them. */
  button = iconButton("attach", text.attach, () => this.input.click());
  input = element("input", { type: "file", multiple: true, hidden: true });

  /** `props` are those of the component; `changed()` is told when there are others. */
  constructor(props, limits, changed) {
    this.#props = props;
    this.#limits = limits;
    this.#changed = changed;
    this.input.accept = props.file_types.join(",");
    this.input.addEventListener("change", async () => {
      await this.take([...this.input.files]);
      this.input.value = "";
    });
  }

  /** Files that were uploaded, as calls name them. */
  get files() {
    return this.#chosen.flatMap(({ uploaded }) => uploaded ?? []);
  }

  /** Whether one is still on its way. */
  get busy() {
    return this.#chosen.some(({ uploaded }) => uploaded === null);
  }

  /** Begins anew with files that are uploaded already. */
  set(files) {
    this.#chosen = files.map((uploaded) => ({ name: uploaded.orig_name, uploaded }));
    this.#show();
  }

  /** Uploads what the user chose, dropped or pasted. */
  async take(files) {
    const { max_files: most } = this.#props;
    const fitting = files.filter((file) => file.size <= this.#limits.maxFileSize).slice(0, most - this.#chosen.length);
    if (fitting.length < files.length) {
      notify(fitting.length < Math.min(files.length, most - this.#chosen.length) ? text.tooLarge : text.tooManyFiles({ most }));
    }
    await Promise.all(fitting.map((file) => this.#upload(file)));
  }

  async #upload(file) {
    const one = { name: file.name, uploaded: null };
    this.#chosen.push(one);
    this.#show();
    try {
      [one.uploaded] = await upload([file]);
    } catch (error) {
      this.#chosen = this.#chosen.filter((other) => other !== one);
      notify(error.message || text.unreachable);
    }
    this.#show();
  }

  #show() {
    this.list.hidden = this.#chosen.length === 0;
    this.list.replaceChildren(...this.#chosen.map((one) => element("li", { "aria-busy": String(one.uploaded === null) },
      one.uploaded && PICTURE.test(one.uploaded.path) ? element("img", { src: addressOf(one.uploaded), alt: "" }) : icon("file"),
      element("span", {}, one.name),
      iconButton("close", text.remove({ name: one.name }), () => this.#remove(one)))));
    this.#changed();
  }

  #remove(one) {
    this.#chosen = this.#chosen.filter((other) => other !== one);
    this.#show();
    this.button.focus();
  }
}

/** The files of a message: pictures to look at, others to save. What the server has no more is named. */
export function attachedFiles(files) {
  return element("ul", { class: "attached", "aria-label": text.files }, ...files.map((file) => element("li", {}, view(file))));
}

function view(file) {
  const name = file.orig_name || file.path.split("/").at(-1);
  const link = element("a", { href: addressOf(file), download: name, "aria-label": text.download({ name }) }, icon("file"), name);
  if (!PICTURE.test(file.path)) {
    return link;
  }
  const picture = element("img", { src: addressOf(file), alt: name });
  picture.addEventListener("error", () => open.replaceWith(element("span", { class: "small" }, icon("file"), text.fileGone({ name }))));
  const open = element("a", { href: addressOf(file), target: "_blank" }, picture);
  return open;
}
