/** One message of a chat with the buttons below it. */
import { attachedFiles } from "./attachments.js";
import { copyButton } from "./clipboard.js";
import { editor } from "./editor.js";
import { element, iconButton } from "./element.js";
import { regionalLanguage, text } from "./text.js";
import { ReplyText, withoutThoughts } from "./thoughts.js";

/**
 * A view of a message; `actions` are the chat's methods that the buttons call, null for one that is only to be read;
 * `avatars` are the roles that have pictures.
 */
export class MessageView {
  #message;
  #actions;
  #body = element("div", { class: "body" });
  #foot = element("footer");
  #note = element("div", { class: "note" });
  #additions = element("div", { class: "additions" });
  #added = "";
  #reply;
  #frame = 0;
  #complete = "";

  constructor(message, actions, avatars) {
    this.#message = message;
    this.#actions = actions;
    const { role } = message;
    const avatar = avatars.includes(role) ? element("img", { class: "avatar", src: `avatar/${role}`, alt: "" }) : null;
    this.element = element("li", { class: `message ${role}` },
      element("h2", { class: "hidden" }, role === "user" ? text.you : text.reply), avatar, this.#body, this.#additions, this.#note, this.#foot);
    if (role === "user") {
      this.#body.dir = "auto";
    } else {
      this.#reply = new ReplyText(this.#body);
    }
  }

  /** Shows the message as it is now; `versions` are those that could be in its place. */
  show(versions, isLast) {
    const { role, text: content, state } = this.#message;
    this.element.setAttribute("aria-busy", String(state === "running"));
    this.element.classList.toggle("last", isLast);
    if (role === "user") {
      this.#body.textContent = content;
      this.#body.hidden = content === "";
    } else if (state !== "running") {
      this.#end(content);
    } else if (content !== "") {
      this.#reply.update(content);
    }
    this.#showAdditions(isLast);
    this.#showNote(state);
    this.#foot.replaceChildren(...(state === "running" ? [] : this.#buttons(versions, isLast)));
  }

  #showAdditions(isLast) {
    const { files = [], options = [] } = this.#message;
    const offered = isLast && this.#actions ? options : [];
    const added = JSON.stringify([files, offered]);
    if (added !== this.#added) { // else pictures would be loaded again
      this.#added = added;
      const buttons = offered.map((option) =>
        element("button", { type: "button", dir: "auto", onclick: () => this.#actions.send({ text: option }) }, option));
      this.#additions.replaceChildren(
        ...(files.length > 0 ? [attachedFiles(files)] : []),
        ...(buttons.length > 0 ? [element("div", { class: "options", role: "group", "aria-label": text.options }, ...buttons)] : []));
    }
  }

  #end(content) {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (content !== this.#complete) {
      this.#complete = content;
      this.#reply.end(content);
    }
  }

  /** The reply has grown: shows it at the next frame, as several parts may come before that. */
  grow() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#note.replaceChildren();
      this.#reply.update(this.#message.text);
    });
  }

  /** What is going on while there is no text yet; `fraction` is how much is done, if that is known. */
  wait(what, fraction = null) {
    const bar = fraction === null ? dots() : element("progress", { max: 1, value: fraction, "aria-label": what });
    this.#note.replaceChildren(bar, element("span", {}, what));
  }

  #showNote(state) {
    const { error, text: content, files = [] } = this.#message;
    if (state === "failed" && this.#actions) {
      const again = error?.kind === "login"
        ? element("button", { type: "button", onclick: () => location.reload() }, text.logIn)
        : element("button", { type: "button", onclick: () => this.#actions.again(this.#message) }, text.tryAgain);
      this.#note.replaceChildren(element("div", { class: "failure", role: "alert" }, element("p", { dir: "auto" }, errorText(error)), again));
    } else if (state === "stopped") {
      this.#note.replaceChildren(element("span", { class: "small" }, text.stopped));
    } else if (state === "done" && content === "" && files.length === 0) {
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
      return isLast && actions ? [...buttons, this.#undo()] : buttons;
    }
    buttons.push(copyButton(text.copy, () => withoutThoughts(message.text)));
    if (actions === null) {
      return [...buttons, timeOf(message)];
    }
    if (message.role === "user") {
      return [timeOf(message), ...buttons, iconButton("edit", text.edit, () => this.edit())];
    }
    buttons.push(iconButton("retry", text.retry, () => actions.again(message)));
    if (isLast) {
      buttons.push(this.#undo());
    }
    buttons.push(...actions.ratings().map(([name, label, option]) => iconButton(name, label, () => actions.rate(message, option), {
      "aria-pressed": String(message.feedback?.option === option),
    })));
    return [...buttons, timeOf(message), ...(message.timings ? [speedOf(message.timings)] : [])];
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
    const close = () => {
      form.remove();
      this.element.classList.remove("editing");
      this.element.querySelector("footer button[title='" + text.edit + "']")?.focus();
    };
    const form = editor(this.#message.text, (changed) => this.#actions.edit(this.#message, changed) && close(), close);
    this.element.classList.add("editing");
    this.element.append(form);
    form.begin();
  }
}

function dots() {
  return element("span", { class: "dots" }, element("i"), element("i"), element("i"));
}

/** When it was said, small: the time of today, or the day too. */
function timeOf({ at }) {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  const options = isToday ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  const whole = date.toLocaleString(regionalLanguage, { dateStyle: "full", timeStyle: "medium" });
  return element("time", { class: "small", dateTime: date.toISOString(), title: whole }, date.toLocaleString(regionalLanguage, options));
}

/** How quick a reply was, small. */
function speedOf({ first, speed, unit }) {
  const perSecond = speed ? [text.speed[unit]({ number: shortNumber(speed) })] : [];
  const parts = [text.first({ seconds: shortNumber(first) }), ...perSecond];
  return element("span", { class: "small speed" }, parts.join(" · "));
}

const shortNumber = (number) => number.toLocaleString(regionalLanguage, { maximumSignificantDigits: 2 });

/** Where a call waits, from the protocol's message; null if it has not had to wait. */
export function placeInQueue({ rank, queue_size: size, rank_eta: eta }) {
  if (size === 0) {
    return null;
  }
  const [place, seconds] = [rank + 1, Math.ceil(eta)];
  if (rank === 0) {
    return eta ? text.queueNextFor({ seconds }) : text.queueNext;
  }
  return eta ? text.queueFor({ place, seconds }) : text.queue({ place });
}

/** What an error says to the user. */
export function errorText(error) {
  const known = { unreachable: text.unreachable, login: text.loggedOut, lost: text.lost, busy: text.busy };
  return known[error?.kind] ?? (error?.message || text.failed);
}
