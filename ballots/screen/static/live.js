// Live parts of a page. `<section data-live="/address" data-events="/stream">` is fetched again whenever the stream says
// that something changed, and after the connection was lost. Without script the page is right at the moment it was loaded.
// A part is left alone while somebody is filling in a form in it.
const streams = new Map();
const stream = address => {
  if (!streams.has(address)) streams.set(address, new EventSource(address));
  return streams.get(address);
};
const isChanged = field => {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field instanceof HTMLSelectElement) return field.selectedIndex !== Math.max(0, [...field.options].findIndex(one => one.defaultSelected));
  return field.value !== field.defaultValue;
};
const isFilledIn = part => [...part.querySelectorAll("input:not([type=hidden]), select, textarea")]
  .some(field => field === document.activeElement || isChanged(field));
const replace = (part, text) => {
  const held = part.contains(document.activeElement) ? document.activeElement : null;
  const opened = new Set([...part.querySelectorAll("details[open] > summary")].map(one => one.textContent));
  part.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  // What somebody has opened stays open, under the hand that was about to type into it.
  for (const one of part.querySelectorAll("details > summary")) if (opened.has(one.textContent)) one.parentElement.open = true;
  if (held) [...part.querySelectorAll("a, button, summary")].find(one => one.outerHTML === held.outerHTML)?.focus();
};
for (const part of document.querySelectorAll("[data-live]")) {
  let busy = false, again = false, shown = "";
  const refresh = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(part.dataset.live, { headers: { Accept: "text/html", "X-Plenum-Live": "1" }, cache: "no-store" });
      const text = await answer.text();
      if (answer.ok && !answer.redirected && text !== shown && !isFilledIn(part)) { replace(part, text); shown = text; }
      part.toggleAttribute("data-stale", !answer.ok);
    } catch { part.setAttribute("data-stale", ""); }
    busy = false;
    if (again) { again = false; refresh(); }
  };
  const source = stream(part.dataset.events);
  source.addEventListener("changed", refresh);
  // What changed between loading the page and the stream's beginning, or while it was lost, is fetched now.
  source.addEventListener("open", refresh);
  source.addEventListener("error", () => part.setAttribute("data-stale", ""));
}
