// The scanning station's camera: one picture at the press of a button, read by this machine's own process.
// Without a camera, or without this script, files are sent by the form.
const place = document.querySelector("#camera");
const found = document.querySelector("#found");
const form = document.querySelector("#files");

if (place && found && form && navigator.mediaDevices) {
  const video = place.querySelector("video");
  const start = place.querySelector("[data-start]");
  const take = place.querySelector("[data-take]");
  let busy = false;
  place.hidden = false;

  start.addEventListener("click", async () => {
    try {
      // As many points as the camera has: a page needs more than a face.
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 3840 }, height: { ideal: 2160 } } });
      await video.play();
      start.hidden = true;
      take.hidden = false;
      take.focus();
    } catch {
      place.querySelector("[data-none]").hidden = false;
    }
  });

  const read = async () => {
    if (busy || take.hidden) return;
    busy = take.disabled = true;
    try {
      const canvas = document.createElement("canvas");
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      canvas.getContext("2d").drawImage(video, 0, 0);
      const picture = await new Promise((done) => canvas.toBlob(done, "image/png"));
      const body = new FormData();
      body.append("csrf", form.elements.csrf.value);
      body.append("papers", picture, document.documentElement.lang === "en" ? "camera" : "镜头");
      const answer = await fetch("/papers?part", { method: "POST", body });
      if (answer.ok) found.innerHTML = await answer.text();
      else location.reload();
    } finally {
      busy = take.disabled = false;
      take.focus();
    }
  };
  take.addEventListener("click", read);
  document.addEventListener("keydown", (event) => {
    if (event.key === " " && !event.repeat && !["BUTTON", "INPUT", "SUMMARY"].includes(event.target.tagName)) {
      event.preventDefault();
      read();
    }
  });
}
