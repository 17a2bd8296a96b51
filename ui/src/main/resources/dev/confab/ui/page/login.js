const form = document.getElementById("login");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await fetch("login", { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (answer.ok) {
    location.reload();
  } else {
    document.getElementById("status").textContent = (await answer.json()).detail;
  }
});
