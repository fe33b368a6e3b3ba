/* Finds units in the picker's own boxes, by name, pinyin, initials or matter. Without this script the button does it. */

const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");

function fits(label, key) {
  return [label.textContent, ...label.dataset.find.split("|")].map(plain).some((word) => {
    if (word.startsWith(key) || (key.length > 1 && word.includes(key))) return true;
    return word.length > 1 && !/^[a-z0-9]+$/.test(word) && key.includes(word);
  });
}

function narrow(picker, words) {
  const key = plain(words);
  let number = 0;
  for (const category of picker.querySelectorAll("details")) {
    let here = 0;
    for (const label of category.querySelectorAll("label")) {
      label.hidden = Boolean(key) && !fits(label, key);
      if (!label.hidden) here += 1;
    }
    category.hidden = !here;
    category.open = Boolean(key) && here > 0;
    number += here;
  }
  const status = picker.querySelector("[data-found]");
  status.textContent = key ? status.dataset.found.replace("{n}", number) : "";
}

function chosen(picker) {
  return [...picker.querySelectorAll("input:checked")].filter((box) => box.value);
}

/* A unit that was chosen moves to the top and the search begins anew; one too many is not taken, and that is said. */
function choose(picker, box) {
  const status = picker.querySelector("[data-found]");
  if (box.type === "checkbox" && chosen(picker).length > Number(picker.dataset.picker)) {
    box.checked = false;
    status.textContent = status.dataset.full;
    return;
  }
  if (!box.checked || !box.closest("details")) return;
  picker.querySelector("[data-chosen]").append(box.closest("label"));
  picker.querySelector("input[type=search]").value = "";
  narrow(picker, "");
  box.focus();
}

for (const picker of document.querySelectorAll("[data-picker]")) {
  const search = picker.querySelector("input[type=search]");
  search.addEventListener("input", () => narrow(picker, search.value));
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  picker.querySelector("button").addEventListener("click", (event) => {
    event.preventDefault();
    narrow(picker, search.value);
  });
  picker.addEventListener("change", (event) => {
    if (event.target !== search) choose(picker, event.target);
  });
  document.addEventListener("draft:filled", () => chosen(picker).forEach((box) => choose(picker, box)));
}
