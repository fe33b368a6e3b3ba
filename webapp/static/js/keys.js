/* Keys of the desks. In a form marked data-keys: Enter = next field, Ctrl+Enter = its main button.
   On any page with two elements marked data-pane: F6 = the other pane. */

const STOPS = "input:not([type=hidden]), select, textarea";

/* The fields that Tab would stop at: of a radio group only the chosen one, or the first. */
function stops(form) {
  const all = [...form.querySelectorAll(STOPS)].filter((field) => !field.disabled && field.getClientRects().length);
  return all.filter((field) => {
    if (field.type !== "radio") return true;
    const group = all.filter((other) => other.type === "radio" && other.name === field.name);
    return field === (group.find((radio) => radio.checked) ?? group[0]);
  });
}

function mainButton(form) {
  return form.querySelector("[data-main]") ?? form.querySelector("button:not([type=button])");
}

function nextField(form, field) {
  const fields = stops(form);
  const here = fields.findIndex(
    (stop) => stop === field || (field.type === "radio" && stop.type === "radio" && stop.name === field.name),
  );
  return fields[here + 1] ?? mainButton(form);
}

function otherPane(step) {
  const panes = [...document.querySelectorAll("[data-pane]")];
  if (panes.length < 2) return null;
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  return panes[(Math.max(here, 0) + step + panes.length) % panes.length];
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "F6") {
    const pane = otherPane(event.shiftKey ? -1 : 1);
    if (!pane) return;
    event.preventDefault();
    if (!pane.hasAttribute("tabindex")) pane.tabIndex = -1;
    pane.focus();
    return;
  }
  const form = event.key === "Enter" && event.target.closest("form[data-keys]");
  if (!form) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    mainButton(form)?.click();
  } else if (event.target.matches(STOPS) && !event.target.matches("textarea, [type=file]")) {
    event.preventDefault();
    const next = nextField(form, event.target);
    next?.focus();
    next?.select?.();
  }
});
