/* Ctrl+Z outside a text field presses the page's own "undo" button (marked data-undo). */

const TEXT = "textarea, input:not([type=radio], [type=checkbox], [type=hidden])";

document.addEventListener("keydown", (event) => {
  const wanted = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
  const button = document.querySelector("[data-undo]");
  if (!wanted || !button || event.isComposing || event.target.matches(TEXT)) return;
  event.preventDefault();
  button.click();
});
