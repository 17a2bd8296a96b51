import { call, edited } from "./protocol.js";

const page = document.getElementById("page");
const config = await (await fetch("config")).json();
const components = new Map(config.components.map((component) => [component.id, component]));
const session = crypto.randomUUID?.() ?? String(Math.random()).slice(2);

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function labelled(text, control) {
  return element("label", {}, text, control);
}

/** Each input as its element and how to read its value. */
const inputs = {
  textbox: ({ props }) => {
    const control = element(props.lines > 1 ? "textarea" : "input", {
      value: props.value ?? "", placeholder: props.placeholder, maxLength: props.max_length,
    });
    return [labelled(props.label, control), () => control.value];
  },
  number: ({ props }) => number(props, "number"),
  slider: ({ props }) => number(props, "range"),
  checkbox: ({ props }) => {
    const control = element("input", { type: "checkbox", checked: props.value });
    return [labelled(props.label, control), () => control.checked];
  },
  dropdown: ({ props }) => {
    const options = props.choices.map(([text, value]) => element("option", { textContent: text, value }));
    const control = element("select", { multiple: props.multiselect }, ...options);
    const chosen = () => [...control.selectedOptions].map((option) => option.value);
    return [labelled(props.label, control), () => (props.multiselect ? chosen() : chosen()[0] ?? null)];
  },
  json: ({ props }) => {
    const control = element("textarea", { value: JSON.stringify(props.value ?? null) });
    return [labelled(props.label, control), () => JSON.parse(control.value)];
  },
  image: ({ props }) => file(props),
  file: ({ props }) => file(props),
};

function number(props, type) {
  const control = element("input", {
    type, min: props.minimum ?? "", max: props.maximum ?? "", step: props.step ?? "any", value: props.value ?? "",
  });
  return [labelled(props.label, control), () => (control.value === "" ? null : Number(control.value))];
}

function file(props) {
  const control = element("input", { type: "file", multiple: props.file_count === "multiple" });
  const read = async () => {
    const form = new FormData();
    [...control.files].forEach((one) => form.append("files", one));
    if (control.files.length === 0) {
      return null;
    }
    const paths = await (await fetch("gradio_api/upload", { method: "POST", body: form })).json();
    const values = paths.map((path, i) => ({ path, orig_name: control.files[i].name }));
    return props.file_count === "multiple" ? values : values[0];
  };
  return [labelled(props.label, control), read];
}

/** Shows a value. Only what the page's author declared as HTML becomes HTML. */
function show(component, target, value) {
  const url = (one) => `gradio_api/file=${one.path}`;
  target.className = component.type;
  if (value === null || value === undefined) {
    target.replaceChildren();
  } else if (component.type === "html") {
    target.innerHTML = value;
  } else if (component.type === "image") {
    target.replaceChildren(element("img", { src: url(value), alt: value.orig_name }));
  } else if (component.type === "file") {
    const links = [value].flat().map((one) => element("a", { href: url(one), textContent: one.orig_name }));
    target.replaceChildren(...links);
  } else if (component.type === "chatbot") {
    const text = (message) => `${message.role}: ${message.content.map((part) => part.text).join("")}\n`;
    target.textContent = value.map(text).join("");
  } else {
    target.textContent = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  }
}

const dependency = config.dependencies[0];
const outputs = dependency.outputs
  .map((id, index) => ({ component: components.get(id), index, target: element("output") }))
  .filter(({ component }) => component.type !== "state");
const readers = [];
const form = element("form");
for (const id of dependency.inputs) {
  const component = components.get(id);
  if (component.type === "state") {
    readers.push(() => null);
  } else {
    const [control, read] = (inputs[component.type] ?? inputs.textbox)(component);
    readers.push(read);
    form.append(control);
  }
}
const submit = element("button", { textContent: "Submit" });
const stop = element("button", { textContent: "Stop", type: "button", disabled: true });
const status = element("p", { role: "status" });
form.append(submit, " ", stop);
page.append(
  element("h1", { textContent: config.title }),
  element("p", { textContent: config.description }),
  form, status, ...outputs.map(({ target }) => target),
);

let values = [];
let running = null;

function onMessage(message) {
  if (message.msg === "process_generating") {
    values = values.length === 0 ? message.output.data : values.map((v, i) => edited(v, message.output.data[i]));
  } else if (message.msg === "process_completed" && message.success) {
    values = message.output.data;
  } else if (message.msg === "process_completed") {
    status.textContent = message.output.error;
  }
  outputs.forEach(({ component, index, target }) => show(component, target, values[index]));
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  running?.abort();
  running = new AbortController();
  values = [];
  status.textContent = "";
  stop.disabled = false;
  try {
    const data = await Promise.all(readers.map((read) => read()));
    await call(config, data, session, onMessage, running.signal);
  } catch (error) {
    status.textContent = error.message;
  }
  stop.disabled = true;
});
stop.addEventListener("click", () => running?.abort());
if (config.confab.live) {
  form.addEventListener("change", () => form.requestSubmit());
}
if (config.confab.custom_js) {
  document.head.append(element("script", { type: "module", src: "custom.js" }));
}
