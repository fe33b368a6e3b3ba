"""Filling a page's form in as a browser without JavaScript would send it."""

from dataclasses import dataclass, field

import html5lib


@dataclass
class Page:
    """The main form of a page. sent: its values so far, by name. radios: choices of each radio group, by name."""

    action: str = ""
    sent: dict[str, list[str]] = field(default_factory=dict)
    radios: dict[str, list[str]] = field(default_factory=dict)

    def choosing(self, code: str, **others) -> dict[str, list[str]]:
        """The form with `code` in every radio group that offers it."""
        graded = {name: [code] for name, codes in self.radios.items() if code in codes}
        return {**self.sent, **graded, **others}


def page_of(response) -> Page:
    root = html5lib.parse(response.get_data(as_text=True), namespaceHTMLElements=False)
    form = max(root.iter("form"), key=lambda found: len(list(found.iter("input"))))
    page = Page(form.get("action").partition("?")[0])
    for control in form.iter("input"):
        name, value, kind = control.get("name"), control.get("value", ""), control.get("type")
        if kind == "radio":
            page.radios.setdefault(name, []).append(value)
        if kind in ("hidden", "search") or control.get("checked") is not None:
            page.sent.setdefault(name, []).append(value)
    for control in form.iter("textarea"):
        page.sent[control.get("name")] = [(control.text or "").removeprefix("\n")]
    return page


def receipt_of(response) -> str:
    root = html5lib.parse(response.get_data(as_text=True), namespaceHTMLElements=False)
    (code,) = [element for element in root.iter("p") if element.get("class") == "code"]
    return "-".join(text.strip() for text in code.itertext())
