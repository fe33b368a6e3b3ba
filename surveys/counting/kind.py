"""Questionnaires as a kind of round."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.canonical import canonical
from rounds.errors import Lack, WrongState
from rounds.kinds import APART, Tallied
from rounds.round import Door, Round
from surveys.counting.reconciling import refuse_surplus
from surveys.counting.responses import Response, ResponseText
from surveys.counting.tallying import tally_rows
from surveys.fieldwork.batches import Batch
from surveys.fieldwork.errors import RulesFaulty
from surveys.fieldwork.rules import SurveyRules, read_rules
from surveys.fieldwork.surveying import drafted_form, survey_of
from surveys.instruments.errors import FormFaulty
from surveys.instruments.forms import Form
from surveys.instruments.freezing import UnitFacts, freeze_document
from surveys.instruments.reading import lacks
from tallies.rows import verify_tally, write_tally
from units.unit import Unit

CHUNK = 5_000
"""Rows fetched at once when all answers are walked."""


@dataclass(frozen=True, slots=True)
class SurveyKind:
    """What `rounds.kinds.Kind` asks of a questionnaire."""

    def complete(self, session: Session, round_: Round) -> Sequence[Lack]:
        """What is missing before the freeze: form, languages, units, doors, weights, points."""
        try:
            form, rules = drafted_form(round_), read_rules(round_.rules)
        except FormFaulty as refused:
            return [Lack("form_faulty", f"{fault.place} ({fault.reason} {fault.value})") for fault in refused.faults]
        except RulesFaulty as refused:
            return [Lack("rules_faulty", refused.key)]
        missing = [Lack(fault.reason, f"{fault.place} ({fault.value})") for fault in lacks(form)]
        if not _units(session, round_):
            missing.append(Lack("no_units", round_.code))
        return [*missing, *_lacking_doors(round_, form, rules), *_lacking_in_form(form, rules)]

    def instrument(self, session: Session, round_: Round) -> bytes:
        """Form and units as canonical JSON (`surveys.instruments.freezing`)."""
        return freeze_document(drafted_form(round_), _units(session, round_))

    def freeze(self, session: Session, round_: Round, *, now: datetime) -> None:
        """Nothing: rights are issued with their letters, which only exist when they are printed."""

    def closing_rows(self, session: Session, round_: Round) -> Iterator[tuple[str, bytes]]:
        """Every response with all that counts of it, and every text, which tells of no response.

        Of a response: door, day, pace, batch and whether that was voided, answers.
        """
        wanted = (
            select(
                Response.commitment,
                Door.code,
                Response.day,
                Response.pace,
                Batch.number,
                Batch.state,
                Response.packed,
            )
            .join(Door, Door.id == Response.door_id)
            .outerjoin(Batch, Batch.id == Response.batch_id)
            .where(Response.round_id == round_.id)
            .order_by(Response.commitment)
            .execution_options(yield_per=CHUNK)
        )
        for commitment, door, day, pace, batch, state, packed in session.execute(wanted):
            yield commitment.hex(), canonical([door, day, pace, batch, state == "void", packed])
        texts = select(ResponseText).where(ResponseText.round_id == round_.id).execution_options(yield_per=CHUNK)
        for text in session.scalars(texts):
            yield f"{APART}{text.key.hex()}", canonical([text.item, text.unit_code, text.text])

    def load(self, session: Session, round_: Round, ballots: Iterable[bytes]) -> int:
        """Refuse: no door of a questionnaire is sealed yet, so no opening yields ballots."""
        raise WrongState(round_.code, round_.state, "load")

    def tally(self, session: Session, round_: Round, *, now: datetime) -> Tallied:
        """Count all answers (docs/rules.md, "Surveys") and write the rows. Raises MoreAnswersThanDrawn."""
        refuse_surplus(session, round_.id)
        rows = tally_rows(session, survey_of(round_), round_.salt or b"")
        return write_tally(session, round_.id, rows, salt=round_.salt or b"", now=now)

    def verify(self, session: Session, round_: Round) -> str | None:
        """Name the first altered tally row, or None."""
        return verify_tally(session, round_)


def _units(session: Session, round_: Round) -> list[UnitFacts]:
    wanted = select(Unit).where(Unit.year_id == round_.year_id).order_by(Unit.position, Unit.code)
    return [
        UnitFacts(unit.code, unit.short_name_zh, unit.name_zh, unit.name_en, unit.category)
        for unit in session.scalars(wanted)
    ]


def _lacking_doors(round_: Round, form: Form, rules: SurveyRules) -> Iterator[Lack]:
    counted = [door for door in round_.doors if door.counted]
    if not counted:
        yield Lack("no_counted_door", round_.code)
    for door in round_.doors:
        if door.channel not in form.channels:
            yield Lack("channel_not_of_form", f"{round_.code}: {door.code}")
        if door.degree not in ("open", "taken_down", "procedural"):
            yield Lack("degree_not_of_survey", f"{round_.code}: {door.code}")
    for door in counted:
        if rules.weights and door.group not in rules.weights:
            yield Lack("group_without_weight", f"{round_.code}: {door.code}")


def _lacking_in_form(form: Form, rules: SurveyRules) -> Iterator[Lack]:
    for section, item in form.items():
        place = f"{form.id}: {section.id}.{item.id}"
        if item.rows_from == "random_block" and not form.block_size:
            yield Lack("no_block_size", place)
        graded = item.dimension is not None and not item.dimension.endswith("_overall")
        if graded and item.dimension not in rules.points:
            yield Lack("dimension_without_points", place)
