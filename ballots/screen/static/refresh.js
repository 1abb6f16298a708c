// `<div data-refresh="/address">` is fetched again every few seconds while the page is in sight, for numbers that several
// desks change. Without script the numbers are those of the moment at which the page was loaded.
const SECONDS = 4;
for (const part of document.querySelectorAll("[data-refresh]")) {
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(part.dataset.refresh, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (answer.ok && !answer.redirected) part.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
      part.toggleAttribute("data-stale", !answer.ok || answer.redirected);
    } catch { part.setAttribute("data-stale", ""); }
  }, SECONDS * 1000);
}
