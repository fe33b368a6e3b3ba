"""Batches that were taken out of the count, for whoever checks why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rounds.round import Round
from surveys.fieldwork.batches import Batch


@dataclass(frozen=True, slots=True)
class VoidedBatch:
    """A batch out of the count, who entered it, and why it was voided."""

    round_code: str
    number: int
    username: str
    day: date
    reason: str


def voided_batches(session: Session) -> list[VoidedBatch]:
    """Every voided batch, by round and number."""
    wanted = (
        select(Round.code, Batch.number, Batch.username, Batch.day, Batch.reason)
        .join(Round, Round.id == Batch.round_id)
        .where(Batch.state == "void")
        .order_by(Round.code, Batch.number)
    )
    return [VoidedBatch(*row) for row in session.execute(wanted)]
