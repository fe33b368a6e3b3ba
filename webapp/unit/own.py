"""Whose desk this is: every object of the unit desk is looked up through it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, g
from flask_login import current_user

from review.peers.queries import peers_round
from rounds.round import Round
from units.own import unit_at_work
from units.unit import Unit
from units.year import Year
from webapp.extensions import db


@dataclass(frozen=True, slots=True)
class Own:
    """The year and the unit that the signed-in person works for, and the year's mutual evaluation once frozen."""

    year: Year
    unit: Unit
    peers: Round | None

    @property
    def code(self) -> str:
        """The unit's code."""
        return self.unit.code


def own() -> Own:
    """The unit of whoever is signed in, in the running year, found once a request; 404 while there is none."""
    if "own" not in g:
        found = unit_at_work(db.session(), current_user.scope("unit"))
        if found is None:
            abort(404)
        year, unit = found
        g.own = Own(year, unit, peers_round(db.session(), year.id))
    mine: Own = g.own
    return mine


def own_peers() -> Round:
    """The running year's mutual evaluation; 404 before its freeze."""
    return own().peers or abort(404)
