"""A small city with an open mutual evaluation."""

from accounts.making import Role
from review.peers.grading import grade_cells
from review.peers.kind import PeersKind
from rounds.life import freeze_round
from tests.factories import NOW, make_account_for, make_round, make_unit, make_year
from tests.review.peers.forms import PLAIN

KINDS = {"peers": PeersKind()}


def open_peers(session, units=12, **fields):
    """A year of `units` units whose mutual evaluation is open at NOW; returns its round."""
    year = make_year(session)
    for number in range(1, units + 1):
        make_unit(session, year, f"U{number:03d}")
    make_account_for(session, "office", Role("office", "make"))
    make_account_for(session, "office-approve", Role("office", "approve"))
    make_round(session, year, "peers-2016", "peers", draft={"form": PLAIN}, **fields)
    return freeze_round(session, KINDS, "peers-2016", by="office", approved_by="office-approve", now=NOW)


def grade_all(session, round_, rater, grade="B", units=12):
    """Give one grade to everybody else in every item."""
    others = [f"U{n:03d}" for n in range(1, units + 1) if f"U{n:03d}" != rater]
    cells = {(target, item["code"]): grade for target in others for item in PLAIN["items"]}
    grade_cells(session, round_, rater, cells, now=NOW)
