"""Whose seat a request works on: looked up through the signed-in account, never through the address."""

from flask import request
from flask_login import current_user

from review.panel.queries import Chair, own_chair
from webapp.extensions import db

KINDS = {"expert": ("expert",), "lead_sheets": ("bianban", "performance_office")}


def chair_here() -> Chair:
    """The seat of whoever asks, on the desk that was asked; raises NoSeat."""
    assert request.blueprint is not None
    return own_chair(db.session(), current_user.username, KINDS[request.blueprint])
