/* Says whether what was typed is kept. A form marked data-kept="ID" names its status line; that line
   carries the words (data-saving, data-lost). While something is lost it is sent again, and leaving asks first. */

const SLOW = 400;
const AGAIN = 4000;
const waiting = new WeakMap();
const lost = new Set();

function line(source) {
  const id = source.closest?.("[data-kept]")?.dataset.kept;
  return id ? document.getElementById(id) : null;
}

function show(status, state, words) {
  status.dataset.state = state;
  if (words) status.textContent = words;
}

document.addEventListener("htmx:before:request", (event) => {
  const status = line(event.target);
  if (!status) return;
  clearTimeout(waiting.get(event.target));
  waiting.set(event.target, setTimeout(() => show(status, "busy", status.dataset.saving), SLOW));
});

document.addEventListener("htmx:after:request", (event) => {
  clearTimeout(waiting.get(event.target));
  if (event.detail.ctx.response.status < 500) {
    lost.delete(event.target);
    line(event.target)?.removeAttribute("data-state");
  } else retry(event.target);
});

document.addEventListener("htmx:error", (event) => retry(event.target));

function retry(source) {
  const status = line(source);
  clearTimeout(waiting.get(source));
  if (!status) return;
  show(status, "lost", status.dataset.lost);
  lost.add(source);
  setTimeout(() => {
    if (source.isConnected) window.htmx.trigger(source, "retry");
    else lost.delete(source);
  }, AGAIN);
}

window.addEventListener("beforeunload", (event) => {
  if (lost.size) event.preventDefault();
});
