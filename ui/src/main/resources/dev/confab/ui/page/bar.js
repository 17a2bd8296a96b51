/** What every page has at its top right. */
import { menuButton } from "./dialog.js";
import { request } from "./protocol.js";
import { text } from "./text.js";

/** A menu with some entries and those of all pages. */
export function pageMenu(config, entries) {
  const chosen = () => document.documentElement.dataset.appearance;
  const appearance = (name) => [
    `${text.appearance}: ${text.appearanceOf[name]}`,
    () => dispatchEvent(new CustomEvent("appearance", { detail: name })),
    chosen() === name,
  ];
  return menuButton(text.more, () => [
    ...entries,
    ...["system", "light", "dark"].map(appearance),
    [text.api, () => location.assign("api")],
    ...(config.username ? [[text.logOut, logOut]] : []),
  ]);
}

async function logOut() {
  await request("logout");
  location.reload();
}
