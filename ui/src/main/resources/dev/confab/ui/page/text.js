/** What the page says, in the language that the server chose by the browser's wishes or the reader's own choice. */
import { request } from "./protocol.js";

const COOKIE = "confab-language";
const YEAR_SECONDS = 365 * 24 * 60 * 60;

const { language, languages: all, texts } = await (await request("locale.json")).json();

/** The languages to choose from, as `{code, name}`. */
export const languages = all;

/** The code of the one that is shown. */
export const chosenLanguage = language;

/** The same as the reader's country writes times and numbers, if the browser tells. */
export const regionalLanguage = navigator.languages.find((one) => one.split("-")[0] === language) ?? language;

/** The texts by their names in the locale files; one with places, such as `{title}`, is a function of an object with them. */
export const text = made(texts);

function made(value) {
  if (typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, made(one)]));
  }
  return /\{\w+\}/.test(value) ? (values) => value.replace(/\{(\w+)\}/g, (_, name) => values[name]) : value;
}

/** Shows the page in another language from now on. */
export function chooseLanguage(code) {
  const path = new URL(document.baseURI).pathname;
  document.cookie = `${COOKIE}=${code}; path=${path}; max-age=${YEAR_SECONDS}; samesite=lax`;
  location.reload();
}
