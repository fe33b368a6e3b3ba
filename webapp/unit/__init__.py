"""The unit desk: what a unit hands in, its mutual evaluation, its own result."""

from flask import Blueprint

unit = Blueprint("unit", __name__, url_prefix="/unit")

from webapp.unit import (  # noqa: E402, F401 - the views hang themselves at the blueprint above
    confirmation,
    desk,
    files,
    matters,
    papers,
    peers,
    result,
    submissions,
)
