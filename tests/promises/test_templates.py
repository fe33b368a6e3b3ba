"""What no template may hold."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "webapp" / "templates"
FORBIDDEN = {
    "an inline style": r"<[^>]*\sstyle=",
    "an inline handler": r"<[^>]*\son[a-z]+=",
    "a script in an htmx attribute": r"hx-on|js:|hx-vals=.js",
    "data marked as safe": r"\|\s*safe\b",
    "a foreign origin": r"(?:src|href)=\"(?:https?:)?//",
}


@pytest.mark.parametrize(("what", "pattern"), FORBIDDEN.items(), ids=FORBIDDEN)
def test_no_template_holds(what, pattern):
    found = [str(p.relative_to(TEMPLATES)) for p in TEMPLATES.rglob("*.html") if re.search(pattern, told(p, what))]
    assert found == []


def told(path, what):
    """A template's text; for what is looked for inside tags, without the expressions that stand there."""
    text = path.read_text()
    return re.sub(r"\{\{.*?\}\}", "", text) if "inline" in what else text


def test_the_patterns_can_find_what_they_forbid():
    planted = (
        '<p style="x"> <a onclick="x"> <a hx-on:click="x"> {{ name|safe }} <img src="//elsewhere.example/x.png">'
    )
    assert all(re.search(pattern, planted) for pattern in FORBIDDEN.values())
