"""What every HTML page must be like, checked on each response that the test client gets."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
ADDRESSES = {"href", "src", "action", "formaction", "poster", "data", "srcset"}
REQUESTS = {"hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete"}
# The attributes that htmx would evaluate as script, and the parts of others that it would.
EVALUATED = re.compile(r"hx-on|js:|javascript:")


class PageShapeError(AssertionError):
    """A page breaks a rule that holds for all of them."""


def check_page(html: str | bytes, *, whole: bool | None = None, policy: str = "") -> None:
    """Raise PageShapeError unless `html` keeps every rule; says all that are broken.

    whole: a full page (one title, one h1, a language, a main part) or a fragment; told from the text if not given.
    policy: its Content-Security-Policy, which must name the hash of a style that stands in the page.
    """
    text = html.decode() if isinstance(html, bytes) else html
    whole = "<html" in text[:400].lower() if whole is None else whole
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(text) if whole else _fragment(parser, text)
    broken = [*_parse_errors(parser), *_everywhere(root, policy)]
    if whole:
        broken += _whole(root)
    if broken:
        raise PageShapeError("\n".join(broken))


def _fragment(parser: html5lib.HTMLParser, text: str) -> Element:
    start = re.match(r"\s*<(tr|tbody|thead|tfoot|li|td|th)\b", text)
    container = {"tr": "tbody", "td": "tr", "th": "tr", "li": "ul"}.get(start[1], "table") if start else "div"
    return parser.parseFragment(text, container=container)


def _parse_errors(parser: html5lib.HTMLParser) -> Iterator[str]:
    for (line, _column), code, facts in parser.errors:
        yield f"line {line}: {code} {facts}"


def _whole(root: Element) -> Iterator[str]:
    if not root.get("lang"):
        yield "html has no lang"
    titles = [("".join(title.itertext())).strip() for title in root.iter("title")]
    if len([title for title in titles if title]) < 1:
        yield "no title"
    for tag in ("h1", "main"):
        number = len(list(root.iter(tag)))
        if number != 1:
            yield f"{number} {tag} instead of one"
    levels = [int(element.tag[1]) for element in root.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"h{after} follows h{before}"


def _everywhere(root: Element, policy: str) -> Iterator[str]:
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    ids = Counter(element.get("id") for element in elements if element.get("id") is not None)
    yield from (f"id {name!r} stands {number} times" for name, number in ids.items() if number > 1 or not name)
    yield from _labels(root, elements, ids)
    for element in elements:
        yield from _attributes(element)
        yield from _forms(element)
        if element.tag == "style" and _hash_of(element.text or "") not in policy:
            yield "a style that the policy doesn't name"
        if element.tag == "script" and not element.get("src"):
            yield "inline script"
        if element.tag == "img" and element.get("alt") is None:
            yield f"img without alt: {element.get('src')}"


def _hash_of(style: str) -> str:
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


def _labels(root: Element, elements: list[Element], ids: Counter[str | None]) -> Iterator[str]:
    pointed = {label.get("for") for label in root.iter("label")} - {None}
    inside = {
        id(field) for label in root.iter("label") for field in label.iter() if "".join(label.itertext()).strip()
    }
    for element in elements:
        if element.tag in {"input", "select", "textarea"} and element.get("type", "text") not in UNLABELLED:
            named = element.get("aria-label") or element.get("aria-labelledby") or element.get("title")
            if not named and element.get("id") not in pointed and id(element) not in inside:
                yield f"no label: {element.get('name')!r}"
        if element.tag in {"a", "button"} and not _named(element):
            yield f"{element.tag} without words: {element.attrib}"
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls"):
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute} names {name!r}, which isn't there"
        if element.tag == "label" and element.get("for") and element.get("for") not in ids:
            yield f"label for {element.get('for')!r}, which isn't there"


def _named(element: Element) -> bool:
    images = " ".join(image.get("alt") or "" for image in element.iter("img"))
    return bool(element.get("aria-label") or "".join(element.itertext()).strip() or images.strip())


def _attributes(element: Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        if name == "style" or re.match(r"on[a-z]+$", name):
            yield f"{element.tag} has {name}="
        if EVALUATED.search(name) or (name.startswith("hx-") and EVALUATED.search(value)):
            yield f"{element.tag} has script in {name}"
        if name in ADDRESSES | REQUESTS:
            address = urlsplit(value.strip())
            if element.tag == "a" and address.scheme in {"http", "https", "tel", "mailto"}:
                continue
            if address.netloc or address.scheme not in {""}:
                yield f"foreign address in {element.tag} {name}={value!r}"


def _forms(element: Element) -> Iterator[str]:
    if element.tag != "form":
        return
    if element.get("action") is None:
        yield "form without action"
    if element.get("method", "get").lower() not in {"get", "post"}:
        yield f"form with method {element.get('method')!r}"
