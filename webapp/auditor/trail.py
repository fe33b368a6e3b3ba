"""The trail as a list and as a file."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from audit.queries import chain_lines, kinds_recorded, trail_page
from webapp.auditor.desk import auditor
from webapp.extensions import db
from webapp.page import page
from webapp.sheets_out import attachment

LONGEST = 128
JSON_LINES = "application/x-ndjson"


@auditor.get("/trail")
def trail() -> Response:
    """List what was recorded, filtered by kind, subject and person."""
    asked = {name: request.args.get(name, "")[:LONGEST] for name in ("kind", "subject", "by")}
    number = request.args.get("page", "")[:7]
    found = trail_page(db.session(), **asked, page=int(number) if number.isascii() and number.isdigit() else 1)
    return page(
        "auditor/trail.html",
        trail=found,
        asked=asked,
        kinds=kinds_recorded(db.session()),
        address=lambda wanted: url_for("auditor.trail", **asked, page=wanted),
    )


@auditor.get("/trail.jsonl")
def trail_file() -> Response:
    """Hand out the whole chain, a line an entry, to be verified elsewhere."""
    return attachment(b"".join(chain_lines(db.session())), "audit-chain.jsonl", JSON_LINES)
