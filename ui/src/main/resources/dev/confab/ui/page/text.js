/** What the page says, in the reader's language if there is a file for it in `locale`. */
import english from "./locale/en.js";

/** Languages besides English; each has a file. */
const LANGUAGES = [];

const wanted = navigator.languages.map((language) => language.split("-")[0]);
const language = wanted.find((candidate) => candidate === "en" || LANGUAGES.includes(candidate)) ?? "en";

document.documentElement.lang = language;

/** The texts, by their names in `locale/en.js`. */
export const text = language === "en" ? english : { ...english, ...(await import(`./locale/${language}.js`)).default };
