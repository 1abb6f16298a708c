// The hall screen: draws what the stream sends, and nothing else. The stream begins with what is shown now, so a screen
// that was switched off, or a server that was restarted, needs nobody to press anything.
const place = document.getElementById("hall");
const source = new EventSource(place.dataset.stream);
source.addEventListener("board", event => {
  const { html, theme } = JSON.parse(event.data);
  document.documentElement.dataset.theme = theme;
  place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  place.removeAttribute("data-stale");
});
source.addEventListener("error", () => {
  place.setAttribute("data-stale", "");
  // A refused stream is not opened again by the browser itself.
  if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 10_000);
});
