"""One desk of sheets, built twice: for experts, and for the leads that fill sheets of their own."""

from flask import Blueprint

from webapp.expert import sealing, sheets, views
from webapp.expert.shown import names, titles
from webapp.words.sheets import OBJECTS, PAPERS, SHORT

# Relative addresses (`url_for(".unit")`) keep views and templates free of the desk they run on.
PAGES = (
    ("GET", "/", "desk", views.desk),
    ("GET", "/compare", "compare", views.compare),
    ("GET", "/print", "paper", views.paper),
    ("GET", "/conflict", "conflict", views.conflict),
    ("POST", "/conflict", "declare", views.declare),
    ("GET", "/units/<code>", "unit", sheets.unit),
    ("GET", "/units/<code>/<object_>", "sheet", sheets.unit),
    ("POST", "/units/<code>/<object_>", "save", sheets.save),
    ("GET", "/units/<code>/files/<public_id>", "file", sheets.file),
    ("GET", "/units/<code>/files/<public_id>/<int:number>", "file_page", sheets.file_page),
    ("GET", "/missing", "missing", sealing.missing),
    ("GET", "/seal", "seal", sealing.seal),
    ("POST", "/seal", "seal_post", sealing.seal_post),
)


def sheet_desk(name: str, prefix: str) -> Blueprint:
    """A blueprint with every page of a desk of sheets."""
    desk = Blueprint(name, f"webapp.expert.{name}", url_prefix=prefix)
    for method, rule, endpoint, view in PAGES:
        desk.add_url_rule(rule, endpoint, view, methods=[method])
    desk.context_processor(
        lambda: {"OBJECTS": OBJECTS, "SHORT": SHORT, "PAPERS": PAPERS, "titles": titles, "names": names}
    )
    return desk
