/* Logs in. Within a page of another site a login is kept for that site alone, if the browser keeps any there. */
const form = document.getElementById("login");
const status = document.getElementById("status");
const elsewhere = document.getElementById("elsewhere");
const embedded = parent !== window;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form));
  if (embedded) {
    fields.set("embedded", "");
  }
  const answer = await fetch("login", { method: "POST", body: fields });
  if (!answer.ok) {
    status.textContent = (await answer.json()).detail;
  } else if (!embedded || (await fetch("user")).ok) {
    location.reload();
  } else {
    status.textContent = "";
    elsewhere.hidden = false;
  }
});
