/** One message of a chat with the buttons below it. */
import { copyButton } from "./clipboard.js";
import { element, iconButton } from "./element.js";
import { grow } from "./fields.js";
import { GrowingMarkdown } from "./markdown.js";
import { chosenLanguage, text } from "./text.js";

/** A view of a message; `actions` are the chat's methods that the buttons call. */
export class MessageView {
  #message;
  #actions;
  #body = element("div", { class: "body" });
  #foot = element("footer");
  #note = element("div", { class: "note" });
  #markdown = new GrowingMarkdown(this.#body);
  #frame = 0;
  #complete = "";

  constructor(message, actions) {
    this.#message = message;
    this.#actions = actions;
    const name = message.role === "user" ? text.you : text.reply;
    this.element = element("li", { class: `message ${message.role}` },
      element("h2", { class: "hidden" }, name), this.#body, this.#note, this.#foot);
    if (message.role === "user") {
      this.#body.dir = "auto";
    }
  }

  /** Shows the message as it is now; `versions` are those that could be in its place. */
  show(versions, isLast) {
    const { role, text: content, state } = this.#message;
    this.element.setAttribute("aria-busy", String(state === "running"));
    this.element.classList.toggle("last", isLast);
    if (role === "user") {
      this.#body.textContent = content;
    } else if (state !== "running") {
      this.#end(content);
    } else if (content !== "") {
      this.#markdown.update(content);
    }
    this.#showNote(state);
    this.#foot.replaceChildren(...(state === "running" ? [] : this.#buttons(versions, isLast)));
  }

  #end(content) {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (content !== this.#complete) {
      this.#complete = content;
      this.#markdown.end(content);
    }
  }

  /** The reply has grown: shows it at the next frame, as several parts may come before that. */
  grow() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#note.replaceChildren();
      this.#markdown.update(this.#message.text);
    });
  }

  /** What is going on while there is no text yet; `fraction` is how much is done, if that is known. */
  wait(what, fraction = null) {
    const bar = fraction === null ? dots() : element("progress", { max: 1, value: fraction, "aria-label": what });
    this.#note.replaceChildren(bar, element("span", {}, what));
  }

  #showNote(state) {
    const { error, text: content } = this.#message;
    if (state === "failed") {
      const again = error?.kind === "login"
        ? element("button", { type: "button", onclick: () => location.reload() }, text.logIn)
        : element("button", { type: "button", onclick: () => this.#actions.again(this.#message) }, text.tryAgain);
      this.#note.replaceChildren(element("div", { class: "failure", role: "alert" }, element("p", { dir: "auto" }, errorText(error)), again));
    } else if (state === "stopped") {
      this.#note.replaceChildren(element("span", { class: "small" }, text.stopped));
    } else if (state === "done" && content === "") {
      this.#note.replaceChildren(element("span", { class: "small" }, text.noReply));
    } else if (state === "running" && content === "") {
      this.wait("");
    } else {
      this.#note.replaceChildren();
    }
  }

  #buttons(versions, isLast) {
    const message = this.#message;
    const actions = this.#actions;
    const buttons = versions.length > 1 ? [this.#branches(versions)] : [];
    if (message.state === "failed" && message.text === "") {
      return isLast ? [...buttons, this.#undo()] : buttons;
    }
    buttons.push(copyButton(text.copy, () => message.text));
    if (message.role === "user") {
      return [...buttons, iconButton("edit", text.edit, () => this.edit())];
    }
    buttons.push(iconButton("retry", text.retry, () => actions.again(message)));
    if (isLast) {
      buttons.push(this.#undo());
    }
    buttons.push(...actions.ratings().map(([name, label, option]) => iconButton(name, label, () => actions.rate(message, option), {
      "aria-pressed": String(message.feedback?.option === option),
    })));
    return message.timings ? [...buttons, speedOf(message.timings)] : buttons;
  }

  #undo() {
    return iconButton("undo", text.undone, () => this.#actions.undo(this.#message));
  }

  #branches(versions) {
    const index = versions.indexOf(this.#message);
    const to = (step) => () => this.#actions.choose(versions[index + step]);
    return element("span", { class: "branches", role: "group", "aria-label": text.branch({ index: index + 1, count: versions.length }) },
      iconButton("back", text.branchBefore, to(-1), { disabled: index === 0 }),
      element("span", { class: "small" }, `${index + 1}/${versions.length}`),
      iconButton("forward", text.branchAfter, to(1), { disabled: index === versions.length - 1 }));
  }

  /** Lets the user change the message and send it again. */
  edit() {
    const area = element("textarea", { value: this.#message.text, "aria-label": text.editing, dir: "auto" });
    const close = () => {
      form.remove();
      this.element.classList.remove("editing");
      this.element.querySelector("footer button[title='" + text.edit + "']")?.focus();
    };
    const form = element("form", {}, area, element("div", { class: "buttons" },
      element("button", { type: "button", onclick: close }, text.cancel), element("button", { class: "primary" }, text.send)));
    area.addEventListener("input", () => grow(area));
    area.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        close();
      } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (area.value.trim() !== "" && this.#actions.edit(this.#message, area.value.trim())) {
        close();
      }
    });
    this.element.classList.add("editing");
    this.element.append(form);
    grow(area);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }
}

function dots() {
  return element("span", { class: "dots" }, element("i"), element("i"), element("i"));
}

/** How quick a reply was, small. */
function speedOf({ first, speed, unit }) {
  const perSecond = speed ? [text.speed[unit]({ number: shortNumber(speed) })] : [];
  const parts = [text.first({ seconds: shortNumber(first) }), ...perSecond];
  return element("span", { class: "small speed" }, parts.join(" · "));
}

const shortNumber = (number) => number.toLocaleString(chosenLanguage, { maximumSignificantDigits: 2 });

/** Where a call waits, from the protocol's message. */
export function placeInQueue({ rank, rank_eta: seconds }) {
  const place = rank + 1;
  return seconds ? text.queueFor({ place, seconds: Math.ceil(seconds) }) : text.queue({ place });
}

/** What an error says to the user. */
export function errorText(error) {
  const known = { unreachable: text.unreachable, login: text.loggedOut, lost: text.lost, busy: text.busy };
  return known[error?.kind] ?? (error?.message || text.failed);
}
