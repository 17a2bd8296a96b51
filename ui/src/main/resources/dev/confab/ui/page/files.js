/** Conversations as files: JSON with all branches, or Markdown of what is shown. */
import { Conversation, newId } from "./conversation.js";
import { element } from "./element.js";
import { text } from "./text.js";

/** Readers of Markdown do not show it; it tells who speaks when the file comes back. */
const MARK = /^<!-- (user|assistant) -->\n## .*\n\n/m;

/** Gives the user a file; `kind` is `md` or `json`. */
export function download(conversation, kind) {
  const content = kind === "md" ? markdown(conversation) : json(conversation);
  const url = URL.createObjectURL(new Blob([content], { type: kind === "md" ? "text/markdown" : "application/json" }));
  const name = conversation.title.replace(/[^\p{L}\p{N} _-]/gu, "").trim() || text.message;
  element("a", { href: url, download: `${name}.${kind}` }).click();
  setTimeout(() => URL.revokeObjectURL(url));
}

function json({ title, created, updated, settings, choices, messages }) {
  return JSON.stringify({ title, created, updated, settings, choices, messages }, null, 2);
}

/** What is shown of a conversation, as Markdown. */
export function markdown(conversation) {
  const names = { user: text.you, assistant: text.reply };
  const parts = conversation.path().map(({ role, text: said, files = [] }) => `<!-- ${role} -->\n## ${names[role]}\n\n${said}${attached(files)}\n`);
  return `# ${conversation.title}\n\n${parts.join("\n")}`;
}

const attached = (files) => files.map(({ orig_name: name }) => `\n\n*${name}*`).join("");

/**
 * A new conversation from what was exported.
 *
 * @throws if it is none
 */
export function imported(content) {
  const conversation = content.trimStart().startsWith("{") ? fromJson(JSON.parse(content)) : fromMarkdown(content);
  if (conversation.messages.length === 0) {
    throw new TypeError("not a conversation");
  }
  return conversation;
}

function fromJson({ title, settings, choices, messages }) {
  const seen = new Set([""]);
  const checked = messages.map(({ id, parent, role, text: said, at, state, timings, feedback, files, options }) => {
    const known = [id, parent, said].every((value) => typeof value === "string") && ["user", "assistant"].includes(role);
    if (!known || seen.has(id) || !seen.has(parent)) {
      throw new TypeError("not a conversation");
    }
    seen.add(id);
    const ended = ["done", "stopped", "failed"].includes(state) ? state : "stopped";
    return { id, parent, role, text: said, at: Number(at) || Date.now(), files, options, state: role === "user" ? "done" : ended, timings, feedback };
  });
  return new Conversation({ title: String(title), settings: { ...settings }, messages: checked, choices: { ...choices } });
}

function fromMarkdown(content) {
  const [head, ...parts] = content.replaceAll("\r\n", "\n").split(MARK);
  const conversation = new Conversation({ title: head.match(/^# (.*)$/m)?.[1] ?? "" });
  let parent = "";
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const id = newId();
    const said = parts[i + 1].replace(/\n+$/, "");
    conversation.put({ id, parent, role: parts[i], text: said, at: Date.now(), state: "done" });
    parent = id;
  }
  return conversation;
}
