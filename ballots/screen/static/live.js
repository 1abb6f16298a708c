// Live parts of a page. `<section data-live="/address" data-events="/stream">` is fetched again whenever the stream says
// that something changed, and after the connection was lost. Without script the page is right at the moment it was loaded.
for (const part of document.querySelectorAll("[data-live]")) {
  let busy = false, again = false;
  const refresh = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(part.dataset.live, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (answer.ok && !answer.redirected) part.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
      part.toggleAttribute("data-stale", !answer.ok);
    } catch { part.setAttribute("data-stale", ""); }
    busy = false;
    if (again) { again = false; refresh(); }
  };
  const source = new EventSource(part.dataset.events);
  source.addEventListener("changed", refresh);
  source.addEventListener("error", () => part.setAttribute("data-stale", ""));
}
