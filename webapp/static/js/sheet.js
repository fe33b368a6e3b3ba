/* A sheet's fields. What is typed counts as changed after a short pause, not only when the field is left; points and
   "can't judge" exclude each other (a tick marked data-clears="NAME" empties that number, and typing a number takes the
   tick away). All is captured, so that it is done before the field is sent. */

const PAUSE = 700;
const typing = new WeakMap();
const sent = new WeakMap();

const typed = (field) => field.form?.id === "sheet" && field.matches("[type=number], [type=text]");

document.addEventListener(
  "input",
  (event) => {
    const field = event.target;
    if (!typed(field)) return;
    const tick = field.form.querySelector(`[data-clears="${CSS.escape(field.name)}"]`);
    if (tick && field.value) tick.checked = false;
    clearTimeout(typing.get(field));
    typing.set(field, setTimeout(() => field.dispatchEvent(new Event("change", { bubbles: true })), PAUSE));
  },
  true,
);

document.addEventListener(
  "change",
  (event) => {
    const field = event.target;
    if (typed(field)) {
      clearTimeout(typing.get(field));
      if (event.isTrusted && sent.get(field) === field.value) event.stopImmediatePropagation();
      sent.set(field, field.value);
    } else if (field.dataset.clears && field.checked) {
      const number = field.form.elements[field.dataset.clears];
      number.value = "";
      sent.delete(number);
    }
  },
  true,
);
