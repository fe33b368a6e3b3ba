"""What a unit has to do now, from all parts of its desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from review.peers.queries import ballot_view
from rounds.instants import state_at
from units.collecting import COLLECTING_STAGES
from units.matters import matters_of
from units.papers import PAPER_KINDS, papers_of
from units.submissions import most_entries, submissions_of
from webapp.language import today
from webapp.unit.own import Own
from webapp.unit.saying import PAPER_NAMES


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. due: the last day on which it counts, None where the office has set none."""

    title: str
    detail: str
    action: str
    address: str
    due: date | None = None
    urgent: bool = False

    def days_left(self, on: date) -> int | None:
        """Days until the deadline; negative once it has passed, None without one."""
        return (self.due - on).days if self.due else None


def tasks_of(session: Session, own: Own, *, head: bool, now: datetime) -> list[Task]:
    """What the unit has to do, returned entries first, then by deadline; `head` sees what waits for the head."""
    tasks = [*_peers(session, own, head, now)]
    if own.year.stage in COLLECTING_STAGES:
        tasks += [*_entries(session, own), *_papers(session, own), *_matters(session, own)]
    elif own.year.stage == "provisional":
        check = _("Check the scores and the reasons for deductions")
        tasks.append(Task(_("Own result"), check, _("Check the result"), url_for("unit.result")))
    return sorted(tasks, key=lambda task: (not task.urgent, task.due or date.max))


def _due(own: Own, what: str) -> date | None:
    """The year's rules may set a last day for each thing that units hand in: {"due": {"plan": "2016-03-31"}}."""
    text = own.year.rules.get("due", {}).get(what)
    return date.fromisoformat(text) if text else None


def _papers(session: Session, own: Own) -> Iterator[Task]:
    handed_in = {paper.kind for paper in papers_of(session, own.unit) if paper.state == "handed_in"}
    for kind in PAPER_KINDS:
        if kind not in handed_in:
            address = url_for("unit.paper", kind=kind)
            yield Task(str(PAPER_NAMES[kind]), _("Not handed in yet"), _("Write"), address, _due(own, kind))


def _matters(session: Session, own: Own) -> Iterator[Task]:
    open_ = [matter for matter in matters_of(session, own.unit) if not matter.result]
    if open_:
        detail = _("Without an answer: %(num)s", num=len(open_))
        yield Task(_("Assigned matters"), detail, _("Answer"), url_for("unit.matters"), open_[0].deadline)


def _entries(session: Session, own: Own) -> Iterator[Task]:
    entries = submissions_of(session, own.unit)
    due = _due(own, "submissions")
    for entry in entries:
        address = url_for("unit.submission", public_id=entry.public_id)
        if entry.state == "returned":
            said = entry.remarks[-1].remark if entry.remarks else ""
            yield Task(entry.title, _("Returned: %(remark)s", remark=said), _("Correct"), address, due, urgent=True)
        elif entry.state == "draft":
            yield Task(entry.title, _("Entry, still a draft"), _("Go on writing"), address, due)
    if not entries:
        detail = _("Up to %(num)s entries, if you wish", num=most_entries(own.year))
        address = url_for("unit.submission_new")
        yield Task(_("Innovation and excellence"), detail, _("Begin an entry"), address, due)


def _peers(session: Session, own: Own, head: bool, now: datetime) -> Iterator[Task]:
    if own.peers is None or state_at(own.peers, now) != "open":
        return
    view = ballot_view(session, own.peers, own.code)
    due = today(own.peers.closes_at - timedelta(microseconds=1))  # a round that ends at 24:00 ends that day
    title, confirmation = _("Mutual evaluation"), url_for("unit.confirmation")
    if view.state == "draft" and view.unfinished:
        detail = _("%(num)s units still to be graded", num=len(view.unfinished))
        yield Task(title, detail, _("Continue grading"), url_for("unit.peers"), due)
    elif view.state == "draft":
        yield Task(title, _("All graded, not sent to the head yet"), _("Check and send"), confirmation, due)
    elif view.state == "sent":
        detail = _("Waits for your confirmation") if head else _("Waits for the head's confirmation")
        yield Task(title, detail, _("Read and confirm") if head else _("Look"), confirmation, due, urgent=head)
