"""Answers stored, once each: by the open link, by a ticket, or typed by an interviewer.

Two statements a response without text: one spends the form or the ticket if the round is open at that instant, the
other stores the answer. Both are in the caller's transaction, which is committed before the receipt is shown.
"""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_bytes

from sqlalchemy import Insert, LargeBinary, bindparam, exists, insert, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ballots.roll.drawing import Ticket
from database.base import Base
from database.transactions import lodge
from rounds.instants import is_open_at, refuse_unless_open
from rounds.life import round_named
from rounds.round import Round
from surveys.counting.errors import AlreadyAnswered, FormEnded
from surveys.counting.receipts import Receipt, commit
from surveys.counting.responses import Response, ResponseContact, ResponseText, Spent
from surveys.fieldwork.batches import Batch
from surveys.fieldwork.errors import BatchNotOpen, SubmissionInvalid
from surveys.fieldwork.submissions import Submission, pace_of
from surveys.fieldwork.surveying import DoorFacts, Survey
from surveys.instruments.checking import Checked, WrittenText
from surveys.instruments.unpacking import preset_of

_TABLES = Base.metadata.tables
_STORE = insert(_TABLES[Response.__tablename__])


def _spending(insert_into: "type[postgresql.Insert] | type[sqlite.Insert]") -> Insert:
    """The statement that lists a hash as spent if the round is open.

    PostgreSQL holds the round's row until the transaction ends, so that a close waits for what it must count.
    """
    while_open = (
        select(Round.id, bindparam("spent", type_=LargeBinary))
        .where(Round.id == bindparam("round"), is_open_at(bindparam("now")))
        .with_for_update(read=True)
    )
    statement = insert_into(_TABLES[Spent.__tablename__]).on_conflict_do_nothing()
    return statement.from_select(["round_id", "hash"], while_open).execution_options(preserve_rowcount=True)


_SPEND = {"sqlite": _spending(sqlite.Insert), "postgresql": _spending(postgresql.Insert)}


def cast_open(
    session: Session, survey: Survey, submission: Submission, checked: Checked, *, now: datetime
) -> Receipt:
    """Store an answer from the open link.

    The same submission again, with the same answers, gives the same receipt and no second response.
    Raises RoundNotOpen; AlreadyAnswered where it was sent with other answers before; FormEnded where the respondent
    declined; UnknownDoor.
    """
    door = survey.door(submission.door_code, "open")
    _refuse_ended(checked)
    return _store(session, survey, door, submission, checked, submission.spent_hash(), None, now)


def cast_invited(
    session: Session, survey: Survey, ticket: Ticket, submission: Submission, checked: Checked, *, now: datetime
) -> Receipt:
    """Spend a ticket for one answer. Which code drew the ticket can't be told from anything stored.

    Raises as `cast_open`, AlreadyAnswered also where another form spent the ticket; SubmissionInvalid where the form
    was handed out at another door, or answered about another unit than the ticket's.
    """
    door = survey.door(ticket.door_code, "procedural")
    if submission.door_code != ticket.door_code or preset_of(survey.plan, checked.packed) != ticket.unit_code:
        raise SubmissionInvalid
    _refuse_ended(checked)
    return _store(session, survey, door, submission, checked, ticket.spent_hash(), None, now)


def type_in(
    session: Session, survey: Survey, batch: Batch, submission: Submission, checked: Checked, *, now: datetime
) -> Receipt:
    """Store a form that an interviewer took down or a typist reads from paper; one that ended early is kept too.

    Raises RoundNotOpen, BatchNotOpen, AlreadyAnswered, UnknownDoor; SubmissionInvalid where the form is of another
    door than the batch.
    """
    door = survey.door(submission.door_code, "taken_down")
    if batch.door_id != door.id:
        raise SubmissionInvalid
    session.refresh(batch, with_for_update=True)
    if batch.state != "open":
        raise BatchNotOpen(batch.number, batch.state)
    return _store(session, survey, door, submission, checked, submission.spent_hash(), batch.id, now)


def _refuse_ended(checked: Checked) -> None:
    if checked.outcome is not None:
        raise FormEnded(checked.outcome)


def _store(
    session: Session,
    survey: Survey,
    door: DoorFacts,
    submission: Submission,
    checked: Checked,
    spent: bytes,
    batch_id: int | None,
    now: datetime,
) -> Receipt:
    nonce = submission.nonce()
    receipt = Receipt(survey.round_code, commit(nonce, door.code, checked.packed), nonce)
    if not _spend(session, survey.round_id, spent, now):
        _refuse_unless_repeated(session, survey, receipt, now)
        return receipt
    row = {
        "round_id": survey.round_id,
        "commitment": receipt.commitment,
        "door_id": door.id,
        "day": now.date(),
        "pace": pace_of(submission, checked.graded, survey.rules, now=now),
        "batch_id": batch_id,
        "packed": checked.packed,
    }
    lodge(session, _STORE, row)
    _keep_texts(session, survey.round_id, ResponseText.__tablename__, checked.texts)
    _keep_texts(session, survey.round_id, ResponseContact.__tablename__, checked.contact)
    return receipt


def _spend(session: Session, round_id: int, spent: bytes, now: datetime) -> bool:
    """List a hash as spent if the round is open now; False where it isn't, or the hash was spent before."""
    connection = session.connection()
    statement = _SPEND[connection.dialect.name]
    return connection.execute(statement, {"spent": spent, "round": round_id, "now": now}).rowcount == 1


def _refuse_unless_repeated(session: Session, survey: Survey, receipt: Receipt, now: datetime) -> None:
    stored = exists().where(Response.round_id == survey.round_id, Response.commitment == receipt.commitment)
    if session.scalar(select(literal(True)).where(stored)):
        return
    refuse_unless_open(round_named(session, survey.round_code), now)
    raise AlreadyAnswered(survey.round_code)


def _keep_texts(session: Session, round_id: int, table: str, texts: Sequence[WrittenText]) -> None:
    rows = [
        {"round_id": round_id, "key": token_bytes(16), "item": text.item, "unit_code": text.unit, "text": text.text}
        for text in texts
    ]
    if rows:
        session.execute(insert(_TABLES[table]), rows)
