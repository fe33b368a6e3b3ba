/* On the typing sheet a digit moves on by itself, so that a form of a hundred rows takes a hundred keys. */

document.addEventListener("input", (event) => {
  const cell = event.target;
  if (!cell.matches?.("form[data-keys] input.digit") || !/^[0-9]$/.test(cell.value)) return;
  const cells = [...cell.form.querySelectorAll("input:not([type=hidden]), textarea")];
  const next = cells[cells.indexOf(cell) + 1] ?? cell.form.querySelector("[data-main]");
  next.focus();
  next.select?.();
});

/* The first cell takes the focus when a form was stored, and the error summary when it wasn't. */
const sheet = document.getElementById("sheet");
if (sheet && location.hash === "#sheet") sheet.querySelector("input:not([type=hidden])").focus();
