// `<form data-suggest="id">` is sent while somebody types, and what it answers with is shown in the element with this id.
// A scanner is faster than the pause: its Enter sends the form as always. Without script Enter is how one searches.
const PAUSE = 180;
for (const form of document.querySelectorAll("[data-suggest]")) {
  const place = document.getElementById(form.dataset.suggest);
  let timer, asked = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    if (!form.checkValidity()) return;
    timer = setTimeout(async () => {
      const mine = ++asked;
      try {
        const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Part": place.id }, redirect: "error", cache: "no-store" });
        const text = await answer.text();
        if (answer.ok && mine === asked) place.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
      } catch { /* Enter still works, and says what is wrong. */ }
    }, PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
