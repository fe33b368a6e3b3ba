"""What the public may know of a year's questionnaires: their windows, and the one that anybody may answer now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from rounds.instants import state_at
from rounds.round import Door, Round


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A questionnaire with an open link.

    state: at the instant asked for. minutes: as its form estimates, 0 where it says nothing.
    header: what a lawful form must print (form_no, issuing_body, approval_no, valid_until).
    """

    code: str
    title_zh: str
    title_en: str
    state: str
    opens_at: datetime
    closes_at: datetime
    minutes: int
    header: Mapping[str, str]


def open_rounds(session: Session, year_id: int, *, now: datetime) -> list[OpenRound]:
    """The year's questionnaires that have an open link, by their opening; drafts and rehearsals are left out."""
    wanted = (
        select(Round)
        .where(
            Round.year_id == year_id,
            Round.kind == "survey",
            Round.state != "draft",
            Round.rehearsal.is_(False),
            Round.doors.any(Door.degree == "open"),
        )
        .options(undefer(Round.instrument))
        .order_by(Round.opens_at, Round.id)
    )
    return [_shown(round_, now) for round_ in session.scalars(wanted)]


def _shown(round_: Round, now: datetime) -> OpenRound:
    document = json.loads(round_.instrument or b"{}")
    return OpenRound(
        code=round_.code,
        title_zh=round_.title_zh,
        title_en=round_.title_en,
        state=state_at(round_, now),
        opens_at=round_.opens_at,
        closes_at=round_.closes_at,
        minutes=int(document.get("estimated_minutes", 0)),
        header={key: str(value) for key, value in document.get("header", {}).items() if value},
    )
