"""Editing a round while it is a draft: its titles, its window, the rules of its count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts.approvals import refuse_one_person
from audit.events import record
from rounds.errors import LowerThreshold, WindowReversed
from rounds.events import RoundEdited, RulesChanged
from rounds.life import refuse_unless_draft, round_named
from rounds.round import Round


def edit_draft(
    session: Session,
    code: str,
    *,
    title_zh: str,
    title_en: str,
    opens_at: datetime,
    closes_at: datetime,
    by: str,
    now: datetime,
) -> Round:
    """Give a draft its titles and its window; one person does, since the freeze shows both to a second.

    Raises FrozenRound, WindowReversed.
    """
    round_ = round_named(session, code, lock=True)
    refuse_unless_draft(round_)
    refuse_reversed(code, opens_at, closes_at)
    round_.title_zh, round_.title_en = title_zh, title_en
    round_.opens_at, round_.closes_at = opens_at, closes_at
    edited = RoundEdited(code, title_zh, opens_at.isoformat(), closes_at.isoformat())
    record(session, edited, by=by, now=now, subject=f"round {code}")
    return round_


def refuse_reversed(code: str, opens_at: datetime, closes_at: datetime) -> None:
    """Raise WindowReversed unless a window opens before it closes."""
    if opens_at >= closes_at:
        raise WindowReversed(code)


def change_rules(
    session: Session,
    code: str,
    changes: Mapping[str, Any],
    *,
    least_k: Mapping[str, int],
    by: str,
    approved_by: str,
    now: datetime,
) -> Round:
    """Replace some rules of a draft: those named in `changes`, whole.

    least_k: thresholds of small cells below which `changes["k"]` may not go, nor below what the round has.
    Raises FrozenRound, LowerThreshold, SamePerson, MayNotApprove. Rule: docs/rules.md, "Small cells".
    """
    round_ = round_named(session, code, lock=True)
    refuse_unless_draft(round_)
    refuse_one_person(session, by, approved_by)
    refuse_lower_k(round_, changes, least_k)
    was = {key: round_.rules.get(key) for key in changes}
    round_.rules = {**round_.rules, **changes}
    record(session, RulesChanged(code, was, dict(changes), approved_by), by=by, now=now, subject=f"round {code}")
    return round_


def refuse_lower_k(round_: Round, changes: Mapping[str, Any], least_k: Mapping[str, int]) -> None:
    """Raise LowerThreshold where a threshold of small cells would fall."""
    floors = {**least_k, **round_.rules.get("k", {})}
    for name, value in changes.get("k", {}).items():
        if value < floors.get(name, 0):
            raise LowerThreshold(name, floors[name])
