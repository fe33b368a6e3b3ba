"""Looking at pages as a browser shows them: reachable by links, fit for every width, free of axe's findings."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from flask import Flask
from playwright.sync_api import BrowserContext, Page
from werkzeug.exceptions import HTTPException

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 360, 640, 960, 1366, 1920)
AXE_WIDTHS = (360, 1366)
HIT = 44  # the least height in pixels of what is touched on public pages

_LINKS = "[...document.links].map(link => link.href)"
_OVERFLOW = """() => {
  const over = document.documentElement.scrollWidth - innerWidth;
  if (over <= 0) return null;
  const wide = [...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
  return over + " px: " + wide.slice(0, 3).map(e => e.tagName + "." + e.className).join(", ");
}"""
_SMALL = """least => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary, textarea")]
  .filter(e => !e.matches(".skip, [type=radio], [type=checkbox]") && getComputedStyle(e).display !== "inline")
  .filter(e => { const box = e.getBoundingClientRect(); return box.width && box.height < least - 0.5; })
  .map(e => e.tagName + " " + e.textContent.trim().slice(0, 20))"""
_AXE = """rules => axe.run({runOnly: rules}).then(result => result.violations.map(
  found => found.id + ": " + found.nodes.slice(0, 3).map(node => node.target.join(" ")).join("; ")))"""


def reachable(app: Flask, context: BrowserContext, start: str, *, most: int = 60) -> Iterator[Page]:
    """Every page that links lead to from `start`, one for each endpoint, opened in turn in the same tab."""
    page = context.new_page()
    waiting, seen = deque([start]), set()
    while waiting and len(seen) < most:
        address = waiting.popleft()
        endpoint = _endpoint(app, address)
        if endpoint is None or endpoint in seen:
            continue
        seen.add(endpoint)
        if "text/html" not in context.request.get(address).headers.get("content-type", ""):
            continue
        page.goto(address)
        found = [urlsplit(urljoin(page.url, link)) for link in page.evaluate(_LINKS)]
        own = urlsplit(page.url).netloc
        waiting.extend(
            link._replace(scheme="", netloc="", fragment="").geturl() for link in found if link.netloc == own
        )
        yield page


def _endpoint(app: Flask, address: str) -> str | None:
    try:
        endpoint, _values = app.url_map.bind("localhost").match(urlsplit(address).path)
    except HTTPException:
        return None
    return str(endpoint)


def faults(page: Page, *, public: bool = False) -> list[str]:
    """What is wrong with the open page: too wide at a width, too small to touch (public pages), axe's findings."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 768})
        if over := page.evaluate(_OVERFLOW):
            found.append(f"{width}: wider than the window by {over}")
        if public and width == AXE_WIDTHS[0]:
            found += [f"{width}: lower than {HIT} px: {what}" for what in page.evaluate(_SMALL, HIT)]
    page.evaluate(AXE.read_text())
    for width in AXE_WIDTHS:
        page.set_viewport_size({"width": width, "height": 768})
        found += [f"{width}: {violation}" for violation in page.evaluate(_AXE, RULES)]
    return [f"{urlsplit(page.url).path} {fault}" for fault in found]
