"""The unit's own result, by the year's table of who sees what when."""

from __future__ import annotations

from werkzeug.wrappers import Response

from webapp.page import page
from webapp.unit import unit
from webapp.unit.own import own


@unit.get("/result")
def result() -> Response:
    """Show what may be seen of the own result now."""
    return page("unit/result.html", own=own())
