/** Makes elements. */

/**
 * An element with properties (`onclick` and the like are listeners, what is null, undefined or false is left out) and
 * children.
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (typeof value === "function") {
      made.addEventListener(key.slice("on".length), value);
    } else if (key === "class") {
      made.className = value;
    } else if (key in made && !key.includes("-") && key !== "popover") {
      made[key] = value;
    } else {
      made.setAttribute(key, value === true ? "" : value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Outlines of pictures, in a square of 24. */
const ICONS = {
  add: "M12 5v14M5 12h14",
  attach: "M20 11.5l-8 8a5 5 0 0 1-7-7l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.3 8.3a1.7 1.7 0 0 1-2.4-2.4l7.4-7.4",
  back: "M15 5l-7 7 7 7",
  check: "M5 12.5l4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10v11H9zM5 15V4h10",
  dislike: "M17 4v10M17 14l-4 7c-1.6 0-2.4-1-2.2-2.5L11.5 15H6a2 2 0 0 1-2-2.4l1.3-7A2 2 0 0 1 7.3 4H20v10h-3",
  down: "M12 5v14M6 13l6 6 6-6",
  edit: "M5 19l1-4L16.5 4.5l3 3L9 18l-4 1zM14 7l3 3",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  flag: "M6 21V4h11l-2 4 2 4H6",
  forward: "M9 5l7 7-7 7",
  like: "M7 20V10M7 10l4-7c1.6 0 2.4 1 2.2 2.5L12.5 9H18a2 2 0 0 1 2 2.4l-1.3 7a2 2 0 0 1-2 1.6H4V10h3",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  retry: "M19 12a7 7 0 1 1-2-5l2 2M19 4v5h-5",
  send: "M12 19V5M6 11l6-6 6 6",
  settings: "M4 8h8M18 8h2M4 16h2M12 16h8M15 5.5v5M9 13.5v5",
  share: "M12 15V3M8 6.5L12 3l4 3.5M6 11v9h12v-9",
  stop: "M7 7h10v10H7z",
  temporary: "M12 3a9 9 0 0 1 4.5 1.2M19.4 7.2A9 9 0 0 1 21 12M19.8 16.5a9 9 0 0 1-3.3 3.3M12 21l-3.5-.7M5 17.6A9 9 0 0 1 3 12M4.2 7.5a9 9 0 0 1 3.3-3.3M12 8v4.5l3 1.8",
  undo: "M9 7L4 12l5 5M4 12h10a6 6 0 0 1 6 6v1",
  upload: "M12 16V4M7 9l5-5 5 5M4 16v4h16v-4",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon-${name}`);
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows a picture; its name is there for screen readers and as a tip. */
export function iconButton(name, label, onclick, properties = {}) {
  return element("button", { type: "button", class: "icon", title: label, "aria-label": label, onclick, ...properties }, icon(name));
}
