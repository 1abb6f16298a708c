// The public board: leads to the list that has a code, and works out on this device whether a ballot leads to the root.
// Everything can be read without it. SHA-256 is written out here, because browsers offer none to pages from a stick.
"use strict";

(() => {
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  function readCode(text) {
    const letters = text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
    const good = letters.length === 20 && [...letters].every((letter) => ALPHABET.includes(letter));
    return good ? letters.match(/.{4}/g).join("-") : null;
  }

  function enableLookup(form) {
    const wrong = form.querySelector("#code-wrong");
    const field = form.querySelector("#code");
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const code = readCode(field.value);
      const prefix = code && code.slice(0, Number(form.dataset.length));
      const known = code && form.dataset.lists.split(" ").includes(prefix);
      wrong.textContent = known ? "" : code ? wrong.dataset.unknown : wrong.dataset.short;
      field.setAttribute("aria-invalid", known ? "false" : "true");
      if (known) location.assign(`${prefix}${form.dataset.suffix}#${code}`);
    });
  }

  const K = [];
  const START = [];
  for (let n = 2, found = 0; found < 64; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) { prime = false; break; }
    if (!prime) continue;
    if (found < 8) START.push((Math.sqrt(n) % 1) * 2 ** 32 | 0);
    K.push((Math.cbrt(n) % 1) * 2 ** 32 | 0);
    found += 1;
  }

  function sha256(bytes) {
    const length = (bytes.length + 9 + 63) & ~63;
    const padded = new Uint8Array(length);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(length - 4, bytes.length * 8);
    const state = START.slice();
    const rotate = (x, n) => (x >>> n) | (x << (32 - n));
    for (let at = 0; at < length; at += 64) {
      const w = [];
      for (let i = 0; i < 16; i += 1) w.push(view.getUint32(at + 4 * i) | 0);
      for (let i = 16; i < 64; i += 1) {
        const a = w[i - 15], b = w[i - 2];
        const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
        const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
        w.push((w[i - 16] + s0 + w[i - 7] + s1) | 0);
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i += 1) {
        const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
        const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [a, b, c, d, e, f, g, h] = [(t1 + t2) | 0, a, b, c, (d + t1) | 0, e, f, g];
      }
      [a, b, c, d, e, f, g, h].forEach((value, i) => { state[i] = (state[i] + value) | 0; });
    }
    return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  const fromHex = (text) => text.match(/../g).map((pair) => parseInt(pair, 16));

  const words = document.getElementById("proof-words")?.dataset;

  function enableProof(list) {
    const button = document.createElement("button");
    const answer = document.createElement("p");
    button.type = "button";
    button.className = "second";
    button.textContent = words.button;
    answer.setAttribute("role", "status");
    button.addEventListener("click", () => {
      let node = list.dataset.leaf;
      for (const step of list.querySelectorAll("li[data-hash]")) {
        const pair = step.dataset.left === "1" ? step.dataset.hash + node : node + step.dataset.hash;
        node = sha256(Uint8Array.from([1, ...fromHex(pair)]));
      }
      const holds = node === list.dataset.root;
      answer.textContent = holds ? `✓ ${words.holds}` : `✗ ${words.fails}`;
      answer.className = `note ${holds ? "good" : "bad"}`;
    });
    list.after(button, answer);
  }

  document.querySelectorAll("form[data-lookup]").forEach(enableLookup);
  document.querySelectorAll("ol[data-proof]").forEach(enableProof);

  // A code in the address opens the proof of its ballot.
  const wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const details = wanted && wanted.querySelector("details");
  if (details) details.open = true;
})();
