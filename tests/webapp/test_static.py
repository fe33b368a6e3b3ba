"""What is served beside the pages is ours, and unchanged."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

STATIC = Path("webapp/static")
TEMPLATES = Path("webapp/templates")


def test_the_vendored_script_is_the_one_whose_hash_is_written_down():
    digest = hashlib.sha384((STATIC / "vendor/htmx.min.js").read_bytes()).digest()
    integrity = "sha384-" + base64.b64encode(digest).decode()
    assert integrity in (TEMPLATES / "base.html").read_text()
    assert integrity in (STATIC / "vendor/README.md").read_text()


@pytest.mark.parametrize("path", sorted([*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js")]), ids=str)
def test_no_stylesheet_or_script_of_ours_names_another_origin(path):
    assert re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", path.read_text()) == []


def test_style_and_scripts_stay_small():
    """First paint on a slow phone: the style sheets and our own scripts, unpacked, in bytes; a form has its own."""
    assert sum(path.stat().st_size for path in STATIC.glob("css/*.css")) < 28_000
    sizes = {path.stem: path.stat().st_size for path in STATIC.glob("js/*.js")}
    questionnaire = sum(sizes.pop(name) for name in ("asked", "picker", "draft"))
    assert questionnaire < 12_000
    assert sum(sizes.values()) < 12_000
