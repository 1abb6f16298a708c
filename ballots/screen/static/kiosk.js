// The kiosk's screen. Everything works without this script; with it a touch does not blink, a card's camera is read, and
// scanners cannot press buttons.
const SETTLE = 350; // ms in which a new screen takes no touch: the second half of a double tap was meant for the old one
const body = () => document.body;
const csrf = () => document.querySelector('input[name="csrf"]')?.value ?? "";
const serial = () => document.querySelector('input[name="serial"]')?.value ?? "";
const TYPING = 1500; // ms after a key in which somebody, or a scanner, is still typing
let waiting = Promise.resolve(), queued = 0, again, settle, keyed = -TYPING;

// The page that came back takes the place of the one that is shown; what had the focus has it again.
function swap(text) {
  const next = new DOMParser().parseFromString(text, "text/html");
  if (!next.body.classList.contains("booth")) { location.replace("/"); return; }
  const before = body().dataset.screen, scroll = document.querySelector(".booth-scroll")?.scrollTop;
  const focused = document.activeElement?.id;
  // A page that looks again by itself while a scanner types must not swallow half a code.
  const half = performance.now() - keyed < TYPING ? document.getElementById("code")?.value : "";
  for (const name of ["lang", "data-contrast"]) {
    const value = next.documentElement.getAttribute(name);
    value === null ? document.documentElement.removeAttribute(name) : document.documentElement.setAttribute(name, value);
  }
  document.title = next.title;
  document.body.replaceWith(document.adoptNode(next.body));
  const same = body().dataset.screen === before;
  const target = (focused && document.getElementById(focused)) || document.querySelector("[autofocus]");
  const field = same && half ? document.getElementById("code") : null;
  if (field) field.value = half;
  if (target) target.focus({ preventScroll: true });
  else if (!same) document.getElementById("main")?.focus({ preventScroll: true });
  if (same && scroll) document.querySelector(".booth-scroll")?.scrollTo(0, scroll);
  if (!same) {
    body().classList.add("settling");
    clearTimeout(settle);
    settle = setTimeout(() => body().classList.remove("settling"), SETTLE);
  }
  more();
  restart();
}

// A list that goes on below the edge says so, and goes on at a touch. What changes its height later, such as letters that
// have just been loaded, is looked at again: the button must not stay over what is in sight.
let heights;
function more() {
  const list = document.querySelector(".booth-scroll, .booth-choices") ?? document.querySelector("main"), button = document.querySelector(".booth-more");
  heights?.disconnect();
  if (!list || !button) return;
  const look = () => { button.hidden = list.scrollHeight - list.scrollTop - list.clientHeight < 12; };
  list.addEventListener("scroll", look, { passive: true });
  button.addEventListener("click", () => list.scrollBy({ top: list.clientHeight * 0.8 }));
  heights = new ResizeObserver(look);
  for (const one of [list, ...list.children]) if (one !== button) heights.observe(one);
  look();
}

async function fetched(address, options) {
  try {
    const answer = await fetch(address, { ...options, headers: { "X-Plenum-At-Once": "1", ...options?.headers } });
    return answer.ok ? await answer.text() : null;
  } catch { return null; }
}

// Touches are sent one after the other, so that quick fingers lose none; only the last answer is shown.
function send(action, fields) {
  queued += 1;
  waiting = waiting.then(async () => {
    const text = await fetched(action, { method: "POST", body: new URLSearchParams(fields) });
    queued -= 1;
    if (text === null) location.replace("/");
    else if (!queued) swap(text);
  });
}

addEventListener("submit", event => {
  event.preventDefault();
  const { target: form, submitter } = event;
  const fields = new FormData(form);
  if (submitter?.name) fields.set(submitter.name, submitter.value);
  const action = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  for (const input of form.querySelectorAll('input[type="password"]')) input.value = "";
  if (submitter?.classList.contains("ballot-mark"))
    for (const button of submitter.parentElement.children) button.setAttribute("aria-pressed", String(button === submitter));
  send(action, fields);
});

// What rested for too long goes from the screen; an idle one sees what has opened.
async function refresh() {
  const text = queued ? null : await fetched("/");
  if (text !== null && !queued) swap(text); else restart();
}
function restart() {
  clearTimeout(again);
  again = setTimeout(refresh, Number(body().dataset.again) * 1000);
}

// A scanner types digits and presses Enter. They go to the one field for them, and never to a button.
const GAP = 500, LEAST = 20; // ms between two keys of a scanner; digits that no person types by chance
// A keyboard types into the pad, where there is one: letters at once, digits when it is clear that no scanner types them.
const PAUSE = 150, SHORT = 8, ALIKE = { I: "1", L: "1", O: "0" }; // ms; digits of a person in that time; letters that codes do not have
let digits = "", last = 0, slow;
const key = value => send("/key", { csrf: csrf(), serial: serial(), key: value });
function typed(pressed) {
  const letter = ALIKE[pressed.toUpperCase()] ?? pressed.toUpperCase();
  const name = pressed === "Backspace" ? "back" : /^\d$/.test(pressed) ? "" : letter;
  const there = name && [...document.querySelectorAll(".booth-pad button")].some(button => button.value === name);
  if (there) { flush(); key(name); }
  return there;
}
function flush() {
  clearTimeout(slow);
  if (!document.querySelector(".booth-pad") || digits.length > SHORT) return;
  for (const digit of digits) key(digit);
  digits = "";
}
addEventListener("keydown", event => {
  keyed = performance.now();
  if (event.ctrlKey || event.altKey || event.metaKey || /^F\d/.test(event.key)) { event.preventDefault(); return; }
  if (event.target.tagName === "INPUT") return;
  if (document.querySelector(".booth-pad") && typed(event.key)) { event.preventDefault(); return; }
  const follows = event.timeStamp - last < GAP;
  if (/^\d$/.test(event.key)) {
    digits = follows ? digits + event.key : event.key;
    last = event.timeStamp;
    event.preventDefault();
    clearTimeout(slow);
    slow = setTimeout(flush, PAUSE);
  } else if (event.key === "Enter" && follows && digits.length > LEAST) {
    event.preventDefault();
    send("/card", { csrf: csrf(), serial: serial(), code: digits });
    digits = "";
  }
}, true);
for (const name of ["contextmenu", "dragstart"]) addEventListener(name, event => event.preventDefault());

// The camera: pictures in grey go to this machine's own process, which reads the card. The preview is too coarse to be read.
const EVERY = 250, REST = 2500, WIDTH = 640, HEIGHT = 480;
let video, asked = false;
async function camera() {
  if (asked || !navigator.mediaDevices || !document.querySelector("[data-camera]")) return;
  asked = true;
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: WIDTH, height: HEIGHT }, audio: false });
    video = document.createElement("video");
    video.srcObject = stream;
    video.muted = true;
    await video.play();
    pictures();
  } catch { /* No camera: the scanner and the pad remain, and the self-test says so. */ }
}
async function pictures() {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT), picture = canvas.getContext("2d", { willReadFrequently: true });
  const grey = new Uint8Array(WIDTH * HEIGHT);
  for (;;) {
    let pause = EVERY;
    if (document.querySelector("[data-camera]") && !queued) {
      picture.drawImage(video, 0, 0, WIDTH, HEIGHT);
      const { data } = picture.getImageData(0, 0, WIDTH, HEIGHT);
      for (let at = 0; at < grey.length; at += 1) grey[at] = (data[4 * at] * 77 + data[4 * at + 1] * 150 + data[4 * at + 2] * 29) >> 8;
      const shown = document.querySelector(".booth-preview");
      if (shown) {
        shown.hidden = false;
        document.querySelector("[data-no-camera]")?.remove();
        [shown.width, shown.height] = [40, 30];
        shown.getContext("2d").drawImage(canvas, 0, 0, 40, 30);
      }
      const text = await fetched(`/frame?w=${WIDTH}&h=${HEIGHT}&serial=${serial()}`, { method: "POST", body: grey, headers: { "X-Plenum-Form": csrf(), "Content-Type": "application/octet-stream" } });
      const seen = text === null ? {} : JSON.parse(text);
      const dark = document.querySelector(".booth-dark");
      if (dark) dark.hidden = !seen.dark;
      if (seen.stamp && seen.stamp !== body().dataset.stamp) await refresh();
      if (seen.seen) pause = REST;
    }
    await new Promise(done => setTimeout(done, pause));
  }
}
setInterval(camera, 1000);
camera();
more();
// The browser itself does so with the first picture only, and a scanner may type before: half a code is none.
document.querySelector("[autofocus]")?.focus({ preventScroll: true });
restart();
