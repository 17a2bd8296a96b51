/* Runs before the first paint, so that a dark page never flashes light. Not a module, since those run later. */
(() => {
  const KEY = "confab:appearance";
  const root = document.documentElement;
  const apply = () => {
    const chosen = read();
    root.style.colorScheme = chosen === "system" ? "light dark" : chosen;
    root.dataset.appearance = chosen;
  };
  const read = () => {
    try {
      return localStorage.getItem(KEY) ?? "system";
    } catch {
      return "system";
    }
  };
  addEventListener("storage", ({ key }) => key === KEY && apply());
  addEventListener("appearance", ({ detail }) => {
    try {
      localStorage.setItem(KEY, detail);
    } catch {
      // a browser that keeps nothing: the choice holds until the page is left
    }
    root.style.colorScheme = detail === "system" ? "light dark" : detail;
    root.dataset.appearance = detail;
  });
  apply();
})();
