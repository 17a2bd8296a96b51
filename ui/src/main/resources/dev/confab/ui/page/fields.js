/** Inputs: each is an object with `element`, `read()` (may throw a {@link FieldError}), `write(value)` and `label`. */
import { element, icon, iconButton } from "./element.js";
import { newId } from "./conversation.js";
import { addressOf, upload } from "./protocol.js";
import { text } from "./text.js";

/** A value that cannot be sent. */
export class FieldError extends Error {}

/** The input for a component of the page's configuration. */
export function field(component, limits) {
  const make = KINDS[component.type] ?? KINDS.textbox;
  const made = make(component.props, limits);
  made.label = component.props.label;
  made.write(component.props.value ?? null);
  return made;
}

const KINDS = {
  textbox(props) {
    const lines = props.lines ?? 1;
    const secret = props.type === "password";
    const control = element(secret ? "input" : "textarea", {
      type: secret ? "password" : null, rows: secret ? null : lines, placeholder: props.placeholder,
      maxLength: props.max_length ?? null, dir: "auto",
    });
    const submitsOnEnter = (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && lines === 1) {
        event.preventDefault();
        control.form?.requestSubmit();
      }
    };
    if (!secret) {
      control.addEventListener("keydown", submitsOnEnter);
      control.addEventListener("input", () => grow(control));
    }
    const write = (value) => ((control.value = value ?? ""), grow(control));
    return { element: labelled(props.label, control), read: () => control.value, write };
  },

  number(props) {
    const control = element("input", { type: "number", min: props.minimum, max: props.maximum, step: props.step ?? "any" });
    const read = () => {
      if (!control.validity.valid) {
        throw new FieldError(control.validationMessage || text.wrongValue);
      }
      return control.value === "" ? null : control.valueAsNumber;
    };
    return { element: labelled(props.label, control), read, write: (value) => (control.value = value ?? "") };
  },

  slider(props) {
    const { minimum: min, maximum: max } = props;
    const control = element("input", { type: "range", min, max, step: props.step ?? "any" });
    const shown = element("span", { class: "small" });
    const show = () => {
      shown.textContent = Number(Number(control.value).toPrecision(6));
      control.style.setProperty("--filled", `${((control.value - min) / (max - min)) * 100}%`);
    };
    control.addEventListener("input", show);
    const made = labelled(props.label, control);
    made.firstChild.append(shown);
    return { element: made, read: () => control.valueAsNumber, write: (value) => ((control.value = value ?? min), show()) };
  },

  checkbox(props) {
    const control = element("input", { type: "checkbox" });
    const label = element("label", { class: "choice" }, control, props.label || text.result);
    return { element: label, read: () => control.checked, write: (value) => (control.checked = Boolean(value)) };
  },

  dropdown(props) {
    if (props.multiselect) {
      return severalOf(props);
    }
    return props.allow_custom_value ? freeChoice(props) : oneOf(props);
  },

  json(props) {
    const control = element("textarea", { rows: 5, class: "code", spellcheck: false });
    const read = () => {
      try {
        return JSON.parse(control.value.trim() || "null");
      } catch (error) {
        throw new FieldError(error.message);
      }
    };
    const write = (value) => (control.value = value === null ? "" : JSON.stringify(value, null, 2));
    return { element: labelled(props.label, control), read, write };
  },

  image: (props, limits) => files({ ...props, file_types: ["image/*"] }, limits, true),
  file: (props, limits) => files(props, limits, false),
};

function labelled(label, control) {
  control.id = newId();
  return element("div", { class: "field" }, element("label", { htmlFor: control.id }, label || text.message), control);
}

/** As high as its text, up to what the style sheet allows. */
export function grow(area) {
  area.style.height = "auto";
  area.style.height = area.scrollHeight === 0 ? "" : `${area.scrollHeight + 2}px`;
}

function oneOf(props) {
  const options = props.choices.map(([name, value]) => element("option", { value }, name));
  const control = element("select", {}, ...options);
  const read = () => (control.value === "" ? null : control.value);
  return { element: labelled(props.label, control), read, write: (value) => (control.value = value ?? "") };
}

function freeChoice(props) {
  const list = element("datalist", { id: newId() }, ...props.choices.map(([name, value]) => element("option", { value }, name)));
  const control = element("input", { list: null, dir: "auto" });
  control.setAttribute("list", list.id);
  const made = labelled(props.label, control);
  made.append(list);
  return { element: made, read: () => (control.value === "" ? null : control.value), write: (value) => (control.value = value ?? "") };
}

function severalOf(props) {
  const boxes = props.choices.map(([name, value]) => [element("input", { type: "checkbox", value }), name]);
  const set = element("fieldset", { class: "field" }, element("legend", {}, props.label),
    ...boxes.map(([box, name]) => element("label", { class: "choice" }, box, name)));
  const read = () => boxes.filter(([box]) => box.checked).map(([box]) => box.value);
  return { element: set, read, write: (value) => boxes.forEach(([box]) => (box.checked = (value ?? []).includes(box.value))) };
}

function files(props, limits, isImage) {
  const multiple = props.file_count === "multiple";
  let chosen = [];
  const control = element("input", { type: "file", multiple, accept: (props.file_types ?? []).join(","), class: "hidden" });
  const list = element("ul", { class: "files" });
  const problem = element("p", { class: "problem", role: "alert" });
  const drop = element("label", { class: "drop" }, icon("upload"), multiple ? text.chooseFiles : text.chooseFile, control);
  const show = () => list.replaceChildren(...chosen.map((file) => element("li", {},
    isImage ? element("img", { src: addressOf(file), alt: file.orig_name ?? "" }) : null,
    element("span", {}, file.orig_name ?? file.path),
    iconButton("close", text.remove({ name: file.orig_name ?? "" }), () => ((chosen = chosen.filter((one) => one !== file)), show(), control.focus())))));
  const take = async (added) => {
    problem.textContent = "";
    if (added.some((file) => file.size > limits.maxFileSize)) {
      problem.textContent = text.tooLarge;
      return;
    }
    drop.setAttribute("aria-busy", "true");
    try {
      const uploaded = await upload(multiple ? added : added.slice(0, 1));
      chosen = multiple ? [...chosen, ...uploaded] : uploaded;
      show();
      control.dispatchEvent(new Event("uploaded", { bubbles: true }));
    } catch (error) {
      problem.textContent = error.message || text.unreachable;
    }
    drop.removeAttribute("aria-busy");
    control.value = "";
  };
  control.addEventListener("change", () => control.files.length && take([...control.files]));
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("drop", (event) => (event.preventDefault(), take([...event.dataTransfer.files])));
  const set = element("fieldset", { class: "field" }, element("legend", {}, props.label), list, drop, problem);
  const write = (value) => ((chosen = value === null ? [] : [value].flat()), show());
  return { element: set, read: () => (multiple ? chosen : chosen[0] ?? null), write };
}
