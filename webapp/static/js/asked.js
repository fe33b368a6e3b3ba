/* Shows a question only where its condition holds. The server decides again, and drops what was not to be asked;
   without this script every question stands there. Conditions come as lists, the kind first (screens.condition_data). */

const form = document.querySelector("form[data-values]");
const worth = form ? JSON.parse(form.dataset.values) : {};
const asked = form ? [...form.querySelectorAll("[data-when]")] : [];

/* The answers to a question: about this unit where it is asked of each, else of the form. */
function answers(data, name, unit) {
  const own = `${name}.${unit}`;
  const field = unit && form.elements.namedItem(own) ? own : name;
  return data.getAll(field).filter((value) => value.trim());
}

function sectionOf(field) {
  const control = form.elements.namedItem(field);
  const first = control instanceof RadioNodeList ? control[0] : control;
  return first?.closest?.("[data-section]")?.dataset.section;
}

/* The least value given in a question or section, of one unit where one is meant. */
function least(data, name, unit) {
  const values = [];
  for (const [field, code] of data) {
    const [item, about] = field.split(".");
    const value = worth[item]?.[code];
    if (value === undefined || (unit && about && about !== unit)) continue;
    if (item === name || sectionOf(field) === name) values.push(value);
  }
  return values.length ? Math.min(...values) : null;
}

function holds([kind, ...rest], data, unit) {
  const [name, wanted] = rest;
  switch (kind) {
    case "not":
      return !holds(name, data, unit);
    case "every":
      return rest.every((part) => holds(part, data, unit));
    case "any":
      return rest.some((part) => holds(part, data, unit));
    case "is":
    case "in":
      return answers(data, name, unit).includes(wanted);
    case "count":
      return answers(data, name, unit).length >= wanted;
    default: {
      const value = least(data, name, unit);
      return value !== null && value <= wanted;
    }
  }
}

/* What is hidden is disabled too: it is no answer, for a later condition as little as for the server. */
export function update() {
  for (const part of asked) {
    const unit = part.closest("[data-unit]")?.dataset.unit;
    const outside = part.parentElement.closest("[data-when][hidden]");
    part.hidden = Boolean(outside) || !holds(JSON.parse(part.dataset.when), new FormData(form), unit);
    for (const field of part.querySelectorAll("input, textarea, select")) field.disabled = part.hidden;
  }
}

if (form) {
  form.addEventListener("input", update);
  form.addEventListener("reset", () => setTimeout(update));
  document.addEventListener("draft:filled", update);
  update();
}

/* One grade for a whole category, without a request; each row stays visible and can be changed. */
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[name=bulk]");
  if (!button) return;
  event.preventDefault();
  const code = button.value.split(".")[1];
  for (const radio of button.closest("[data-category]").querySelectorAll(`table input[value="${code}"]`)) radio.checked = true;
  button.form.dispatchEvent(new Event("input", { bubbles: true }));
});
