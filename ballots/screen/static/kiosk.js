// `<body data-again="seconds">` is loaded again after it was left alone for so long: what a delegate left behind goes from
// the screen, and the welcome page sees what has opened meanwhile.
const again = Number(document.body.dataset.again) * 1000;
let timer;
const restart = () => { clearTimeout(timer); timer = setTimeout(() => location.replace("/"), again); };
for (const event of ["pointerdown", "keydown", "input"]) addEventListener(event, restart, { passive: true });
restart();

// The counts of a ballot follow every touch; the page before and after keep what they had.
const ballot = document.querySelector(".ballot");
if (ballot) {
  const checked = mark => ballot.querySelectorAll(mark === null ? "input:checked" : `input[value="${CSS.escape(mark)}"]:checked`).length;
  const counters = [...ballot.querySelectorAll(".ballot-count")].map(at => ({ at, shown: at.querySelector("[data-used]"), mark: at.dataset.mark, limit: Number(at.dataset.limit) }));
  counters.push({ at: null, shown: ballot.querySelector("[data-marked]"), mark: null });
  for (const counter of counters) counter.elsewhere = Number(counter.shown.textContent) - checked(counter.mark);
  ballot.addEventListener("change", () => {
    for (const { at, shown, mark, limit, elsewhere } of counters) {
      const now = elsewhere + checked(mark);
      shown.textContent = now;
      at?.classList.toggle("full", now >= limit);
    }
  });
}
