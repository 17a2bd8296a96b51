/** What every page has at its top right. */
import { menuButton } from "./dialog.js";
import { request } from "./protocol.js";
import { chooseLanguage, chosenLanguage, languages, text } from "./text.js";

/** A menu with what `entries()` returns, which ends with null for a line if there is any, and the entries of all pages. */
export function pageMenu(config, entries) {
  const chosen = () => document.documentElement.dataset.appearance;
  const appearance = (name) => [
    text.appearance[name],
    () => dispatchEvent(new CustomEvent("appearance", { detail: name })),
    chosen() === name,
  ];
  const language = ({ code, name }) => [text.language({ name }), () => chooseLanguage(code), code === chosenLanguage, code];
  return menuButton(text.more, () => [
    ...entries(),
    ...["system", "light", "dark"].map(appearance),
    null,
    ...(languages.length > 1 ? [...languages.map(language), null] : []),
    [text.api, () => location.assign("api")],
    ...(config.username ? [[text.logOut, logOut]] : []),
  ]);
}

async function logOut() {
  await request("logout");
  location.reload();
}
