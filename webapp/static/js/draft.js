/* Keeps what is half-filled in this browser, nowhere else, until the receipt. On return nothing is shown before one
   chooses to go on; a reload or the back gesture within the same visit goes on by itself. */

const form = document.querySelector("form[data-draft]");
const name = form?.dataset.draft;
const LEFT_OUT = new Set(["find", "ticket", "code", "key"]);

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function keep(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    sessionStorage.setItem(key, "here");
    return true;
  } catch {
    return false; // Storage is off: the form works, and nothing claims to be kept.
  }
}

function drop(key) {
  try {
    localStorage.removeItem(key);
    sessionStorage.removeItem(key);
  } catch {
    /* nothing was kept */
  }
}

function sameVisit() {
  try {
    return sessionStorage.getItem(name) !== null;
  } catch {
    return false;
  }
}

function typed() {
  const fields = {};
  for (const [field, value] of new FormData(form)) if (!LEFT_OUT.has(field)) (fields[field] ??= []).push(value);
  return fields;
}

function save() {
  const draft = { ...read(name), part: form.dataset.part, key: form.elements.key.value };
  draft[form.dataset.part] = typed();
  const line = form.querySelector("[data-kept]");
  if (!keep(name, draft) || !line) return;
  const time = new Date().toTimeString().slice(0, 5);
  line.textContent = `${time} ${line.dataset.kept}`;
}

function fill(fields) {
  for (const control of form.elements) {
    if (!control.name || control.type === "hidden" || LEFT_OUT.has(control.name)) continue;
    const values = fields[control.name] ?? [];
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
    else if (control.type !== "submit") control.value = values[0] ?? "";
  }
  document.dispatchEvent(new Event("draft:filled"));
}

function goOn(draft, through) {
  if (form.dataset.part === "first") form.elements.key.value = draft.key ?? "";
  fill(draft[form.dataset.part] ?? {});
  if (through && form.dataset.part === "first" && draft.part === "rest") form.requestSubmit(form.querySelector("[data-main]"));
  else save();
}

function offer(draft) {
  const panel = document.getElementById("resume");
  const show = (asking) => {
    panel.hidden = !asking;
    form.hidden = asking;
  };
  show(true);
  panel.querySelector("[data-resume]").addEventListener("click", () => {
    show(false);
    goOn(draft, true);
  });
  panel.querySelector("[data-anew]").addEventListener("click", () => {
    drop(name);
    show(false);
    form.querySelector("input:not([type=hidden])").focus();
  });
}

function begin() {
  const draft = read(name);
  const refused = document.querySelector(".errors");
  if (draft && !refused) {
    const arrived = performance.getEntriesByType("navigation")[0]?.type;
    const returned = arrived === "reload" || arrived === "back_forward";
    if (form.dataset.part === "first" ? returned && sameVisit() : sameVisit()) goOn(draft, arrived === "reload");
    else if (draft[form.dataset.part]) offer(draft);
  }
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  if (form.dataset.part === "rest") {
    save();
    // So that a reload asks for the first page and goes on from the draft, instead of sending a form again.
    if (form.dataset.again) history.replaceState(null, "", form.dataset.again);
  }
}

if (form) begin();

/* A page that the browser kept whole must not show answers that were sent or deleted meanwhile. */
addEventListener("pageshow", (event) => {
  if (event.persisted && form && !read(name)) form.reset();
});

const sent = document.querySelector("[data-sent]");
if (sent) drop(sent.dataset.sent);

for (const button of document.querySelectorAll("[data-delete]")) {
  button.hidden = read(button.dataset.delete) === null;
  button.addEventListener("click", () => {
    drop(button.dataset.delete);
    button.hidden = true;
  });
}
