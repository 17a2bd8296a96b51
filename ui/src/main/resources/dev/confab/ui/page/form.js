/** The page of a function: inputs, a button, outputs. */
import { pageMenu } from "./bar.js";
import { newId } from "./conversation.js";
import { ask } from "./dialog.js";
import { element } from "./element.js";
import { field, FieldError } from "./fields.js";
import { rendered } from "./markdown.js";
import { errorText, placeInQueue } from "./message.js";
import { notify, say } from "./notice.js";
import { output } from "./output.js";
import { Call, post } from "./protocol.js";
import { tab } from "./store.js";
import { text } from "./text.js";

const LIVE_MILLISECONDS = 150;

class Form {
  #config;
  #fields;
  #outputs;
  #running = null;
  #sent = null;
  #values = [];
  #session;
  #form = element("form", { class: "inputs", novalidate: true });
  #submit = element("button", { class: "primary" }, text.submit);
  #stop = element("button", { type: "button", disabled: true, onclick: () => this.#running?.stop() }, text.stop);
  #status = element("div", { class: "status", role: "status" });

  constructor(config) {
    this.#config = config;
    this.#session = tab.get("session") ?? newId();
    tab.put("session", this.#session);
    const components = new Map(config.components.map((component) => [component.id, component]));
    const limits = { maxFileSize: config.max_file_size };
    const { inputs, additional_inputs: additional, outputs } = config.confab;
    const fields = (ids) => ids.map((id) => field(components.get(id), limits));
    const [ordinary, more] = [fields(inputs), fields(additional)];
    this.#fields = [...ordinary, ...more];
    this.#outputs = outputs.map((id) => output(components.get(id)));
    this.#form.append(...ordinary.map((one) => one.element));
    if (more.length > 0) {
      this.#form.append(element("details", {}, element("summary", {}, text.additional), ...more.map((one) => one.element)));
    }
    this.#form.append(element("div", { class: "buttons" }, this.#submit, this.#stop,
      element("button", { type: "button", onclick: () => this.#clear() }, text.clear)), this.#status);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#run();
    });
    this.#build();
    if (config.confab.live) {
      this.#followChanges();
    }
  }

  #build() {
    const { title, description, article } = this.#config;
    const results = element("div", { class: "results" }, ...this.#outputs.map((one) => one.element), this.#flags());
    const markdown = (content) => (content ? element("div", { class: "markdown" }, rendered(content)) : null);
    document.getElementById("page").replaceChildren(element("div", { class: "form" },
      element("header", { class: "bar" }, element("h1", {}, title || document.title || this.#config.dependencies[0].api_name), pageMenu(this.#config, () => [])),
      element("main", {}, markdown(description), element("div", { class: "columns" }, this.#form, results), this.#examples(), markdown(article))));
  }

  #examples() {
    const { examples } = this.#config.confab;
    if (examples.length === 0) {
      return null;
    }
    const show = (value) => (typeof value === "object" ? value?.orig_name ?? JSON.stringify(value) : String(value));
    const labels = this.#fields.slice(0, Math.max(...examples.map((row) => row.length))).map(({ label }) => label);
    const rows = examples.map((row) => element("tr", {}, ...row.map((value, i) => element("td", { dir: "auto" }, i > 0 ? show(value)
      : element("button", { type: "button", class: "text", onclick: () => this.#try(row) }, show(value) || "—")))));
    return element("section", { class: "examples" }, element("h2", {}, text.examples),
      element("div", { class: "table" }, element("table", {},
        element("thead", {}, element("tr", {}, ...labels.map((label) => element("th", { scope: "col" }, label)))),
        element("tbody", {}, ...rows))));
  }

  #try(row) {
    row.forEach((value, i) => this.#fields[i].write(value));
    this.#form.requestSubmit();
    this.#submit.focus();
  }

  #clear() {
    this.#running?.stop();
    this.#fields.forEach((one, i) => one.write(this.#first(i)));
    this.#outputs.forEach((one) => one.show(null));
    this.#status.replaceChildren();
    this.#sent = null;
    this.#form.querySelector("input, textarea, select")?.focus();
  }

  #first(index) {
    const { inputs, additional_inputs: additional } = this.#config.confab;
    const id = [...inputs, ...additional][index];
    return this.#config.components.find((component) => component.id === id).props.value ?? null;
  }

  /** The call's arguments; null if a field is wrong, which the user is then shown. */
  #read() {
    let good = true;
    const values = this.#fields.map((one) => {
      try {
        mark(one, "");
        return one.read();
      } catch (error) {
        if (!(error instanceof FieldError)) {
          throw error;
        }
        mark(one, error.message);
        if (good) {
          one.element.querySelector("input, textarea, select").focus();
        }
        good = false;
        return null;
      }
    });
    return good ? values : null;
  }

  async #run() {
    const inputs = this.#read();
    if (inputs === null) {
      return;
    }
    this.#running?.leave();
    const call = new Call(this.#config.dependencies[0].api_name, {
      message: (message) => this.#running === call && this.#news(message),
      values: (values) => this.#running === call && this.#show(values),
      connection: (lost) => this.#tell(lost ? text.connectionLost : ""),
    });
    this.#running = call;
    this.#sent = inputs;
    this.#stop.disabled = false;
    this.#form.setAttribute("aria-busy", "true");
    this.#tell(text.answering, null);
    try {
      const { cancelled } = await call.start({ data: inputs, session_hash: this.#session });
      this.#ended(call, () => (this.#tell(cancelled ? text.stopped : ""), say(cancelled ? text.stopped : text.resultReady)));
    } catch (error) {
      this.#ended(call, () => this.#fail(error));
    }
  }

  #ended(call, tell) {
    if (this.#running === call) {
      this.#running = null;
      this.#stop.disabled = true;
      this.#form.removeAttribute("aria-busy");
      tell();
    }
  }

  #fail(error) {
    const again = error.kind === "login"
      ? element("button", { type: "button", onclick: () => location.reload() }, text.logIn)
      : element("button", { type: "button", onclick: () => this.#run() }, text.tryAgain);
    this.#status.replaceChildren(element("div", { class: "failure", role: "alert" }, element("p", { dir: "auto" }, errorText(error)), again));
  }

  #tell(message, fraction) {
    const bar = fraction === undefined ? null : element("progress", { max: 1, value: fraction ?? undefined, "aria-label": message });
    this.#status.replaceChildren(...(bar ? [bar] : []), message);
  }

  #news(message) {
    const place = message.msg === "estimation" ? placeInQueue(message) : null;
    if (place) {
      this.#tell(place, null);
    } else if (message.msg === "process_starts") {
      this.#tell(text.answering, null);
    } else if (message.msg === "progress") {
      const [{ progress, desc }] = message.progress_data;
      this.#tell(desc ?? "", progress);
    } else if (message.msg === "log") {
      notify(message.log);
    }
  }

  #show(values) {
    const { outputs } = this.#config.confab;
    const ids = this.#config.dependencies[0].outputs;
    this.#values = outputs.map((id) => values[ids.indexOf(id)]);
    this.#outputs.forEach((one, i) => one.show(this.#values[i]));
  }

  #flags() {
    const { enabled, options } = this.#config.confab.flagging;
    if (!enabled) {
      return null;
    }
    return element("div", { class: "buttons" }, ...options.map((option) =>
      element("button", { type: "button", onclick: () => this.#flag(option) }, option)));
  }

  async #flag(option) {
    const inputs = this.#sent ?? this.#read();
    const answer = inputs && (await ask(option, { label: text.comment, button: text.send, multiline: true }));
    if (!answer) {
      return;
    }
    try {
      const outputs = this.#outputs.map((_, i) => this.#values[i] ?? null);
      await post("gradio_api/flag", { inputs, outputs, option, comment: answer.value });
      notify(text.flagSent);
    } catch (error) {
      notify(errorText(error));
    }
  }

  #followChanges() {
    let timer;
    const run = () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#run(), LIVE_MILLISECONDS);
    };
    ["input", "change", "uploaded"].forEach((event) => this.#form.addEventListener(event, run));
    this.#submit.hidden = true;
  }
}

/** Shows what is wrong with a field, nothing for an empty message. */
function mark(one, message) {
  const control = one.element.querySelector("input, textarea, select");
  one.element.querySelector(".wrong")?.remove();
  control.removeAttribute("aria-invalid");
  control.removeAttribute("aria-describedby");
  if (message !== "") {
    const problem = element("p", { class: "problem wrong", id: newId(), role: "alert" }, message);
    control.setAttribute("aria-describedby", problem.id);
    control.setAttribute("aria-invalid", "true");
    one.element.append(problem);
  }
}

/** Tells a page that shows this one in a frame, with `widget.js`, how high the frame has to be. */
function tellHeight() {
  const page = document.getElementById("page");
  const tell = () => parent.postMessage(`confab:height:${Math.ceil(page.getBoundingClientRect().height) + 2}`, "*");
  new ResizeObserver(tell).observe(page);
}

/** Shows the page. */
export function showForm(config) {
  new Form(config);
  if (parent !== window) {
    tellHeight();
  }
}
