"""What can be proved: the state of the chain, the check of everything, digests of rounds, voids, approvals."""

from __future__ import annotations

from werkzeug.wrappers import Response

from accounts.approvals import decided, pending
from audit.verifying import head_of
from rounds.queries import fixed_rounds
from surveys.fieldwork.voids import voided_batches
from webapp.auditor.desk import auditor
from webapp.clock import clock
from webapp.extensions import db, house
from webapp.page import page
from webapp.verifying import kept_head, verify_all

MOST_APPROVALS = 200


@auditor.get("/")
def start() -> Response:
    """Say what can be proved here and what can't."""
    return page("auditor/start.html", head=head_of(db.session()), kept=kept_head(house().storage))


@auditor.get("/verify")
def verify() -> Response:
    """Check chain, frozen documents, closed answers and tallies now, and name what differs."""
    faults = list(verify_all(db.session(), house().storage, house().kinds))
    return page("auditor/verify.html", faults=faults, head=head_of(db.session()), checked_at=clock())


@auditor.get("/rounds")
def rounds() -> Response:
    """List every round with what its freeze, close and counts fixed."""
    return page("auditor/rounds.html", rounds=fixed_rounds(db.session(), now=clock()))


@auditor.get("/voids")
def voids() -> Response:
    """List batches that were taken out of the count, each with its reason."""
    return page("auditor/voids.html", batches=voided_batches(db.session()))


@auditor.get("/approvals")
def approvals() -> Response:
    """List what two people did together, and what waits for the second."""
    return page(
        "auditor/approvals.html", decisions=decided(db.session(), most=MOST_APPROVALS), waiting=pending(db.session())
    )
