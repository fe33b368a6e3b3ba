"""What pages show of returned answers: counts, batches and texts, never one answer beside another fact."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from rounds.round import Door
from surveys.counting.responses import Response, ResponseText
from surveys.fieldwork.batches import Batch


@dataclass(frozen=True, slots=True)
class Returned:
    """How many forms came in through a door. void: those of them in voided batches."""

    door_code: str
    channel: str
    group: str | None
    stratum: str | None
    degree: str
    counted: bool
    forms: int
    void: int


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch in a list, with the number of its forms."""

    public_id: str
    number: int
    door_code: str
    username: str
    day: date
    state: str
    reason: str
    forms: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A written answer. unit_code: whom it is about, if the form knows."""

    item: str
    unit_code: str | None
    text: str


def returned(session: Session, round_id: int) -> list[Returned]:
    """Count the forms of every door of a round, doors without any included, in their order; one statement."""
    facts = (Door.code, Door.channel, Door.group, Door.stratum, Door.degree, Door.counted)
    void = func.coalesce(func.sum(case((Batch.state == "void", 1), else_=0)), 0)
    wanted = (
        select(*facts, func.count(Response.commitment), void)
        .outerjoin(Response, (Response.round_id == Door.round_id) & (Response.door_id == Door.id))
        .outerjoin(Batch, Batch.id == Response.batch_id)
        .where(Door.round_id == round_id)
        .group_by(Door.id, *facts)
        .order_by(Door.id)
    )
    return [Returned(*row) for row in session.execute(wanted)]


def batches_of(session: Session, round_id: int, *, by: str | None = None) -> list[BatchLine]:
    """List the batches of a round, newest first: all of them, or one person's; one statement."""
    wanted = (
        select(
            Batch.public_id,
            Batch.number,
            Door.code,
            Batch.username,
            Batch.day,
            Batch.state,
            Batch.reason,
            func.count(Response.commitment),
        )
        .join(Door, Door.id == Batch.door_id)
        .outerjoin(Response, Response.batch_id == Batch.id)
        .where(Batch.round_id == round_id)
        .group_by(Batch.id, Door.code)
        .order_by(Batch.number.desc())
    )
    found = session.execute(wanted if by is None else wanted.where(Batch.username == by))
    return [BatchLine(*row) for row in found]


def comments(session: Session, round_id: int, *, least: int, unit_code: str | None = None) -> list[Comment]:
    """List written answers in the random order of their keys: a round's, or those about one unit.

    least: the threshold of small cells: fewer texts are not shown, for a style of writing tells its author among few.
    """
    wanted = select(ResponseText.item, ResponseText.unit_code, ResponseText.text).where(
        ResponseText.round_id == round_id
    )
    if unit_code is not None:
        wanted = wanted.where(ResponseText.unit_code == unit_code)
    found = [Comment(*row) for row in session.execute(wanted.order_by(ResponseText.key))]
    return found if len(found) >= least else []
