/** Says that the model is still being loaded, until it is there. */
const TEXTS = {
  de: "Das Modell wird noch geladen. Schreiben können Sie schon.",
  en: "The model is still being loaded. You can write already.",
};
const MILLISECONDS = 500;

async function isLoading() {
  try {
    return (await (await fetch("health/ready", { cache: "no-store" })).json()).status === "loading";
  } catch {
    return false; // the server is gone, or a proxy hides its health: nothing that is known of the model
  }
}

if (await isLoading()) {
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.textContent = TEXTS[document.documentElement.lang.split("-")[0]] ?? TEXTS.en;
  const place = document.createElement("div");
  place.className = "notices";
  place.setAttribute("role", "status");
  place.append(notice);
  document.body.append(place);
  while (await isLoading()) {
    await new Promise((resolve) => setTimeout(resolve, MILLISECONDS));
  }
  place.remove();
}
