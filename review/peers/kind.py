"""Mutual evaluation as a kind of round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.canonical import canonical, digest
from review.peers.ballot import PeerBallot, PeerComment, PeerGrade
from review.peers.counting import Figures, item_figures, total
from review.peers.form import DONT_KNOW, Form, read_form
from review.peers.frozen import frozen_form
from rounds.errors import Lack
from rounds.kinds import Tallied
from rounds.round import Door, Round
from tallies import measures
from tallies.rows import Row, verify_tally, write_tally
from units.unit import Unit

Received = Mapping[str, Sequence[tuple[str, str]]]  # item -> (rater, grade) of one target


class PeersKind:
    """What `rounds` asks of mutual evaluation. A draft holds the form under `form` (form_from_rubrics)."""

    def complete(self, session: Session, round_: Round) -> list[Lack]:
        """What is still missing before the freeze: the form, weights that make 100, two units."""
        try:
            form = read_form(round_.draft["form"])
        except KeyError as missing:
            return [Lack("peers_form", str(missing.args[0]))]
        lacks = [] if sum(item.weight for item in form.items) == 100 else [Lack("peers_weights", "form")]
        if len(_units(session, round_)) < 2:
            lacks.append(Lack("peers_units", "form"))
        return lacks

    def instrument(self, session: Session, round_: Round) -> bytes:
        """The form with the units that grade one another, as canonical JSON."""
        units = [
            {"code": unit.code, "zh": unit.short_name_zh, "en": unit.name_en, "category": unit.category}
            for unit in _units(session, round_)
        ]
        return canonical(round_.draft["form"] | {"units": units})

    def freeze(self, session: Session, round_: Round, *, now: datetime) -> None:
        """Give every unit a ballot, and the round its one door: signed in, named to the auditor."""
        raters = [target.code for target in frozen_form(round_).targets]
        session.add_all(PeerBallot(round_id=round_.id, rater_unit=rater) for rater in raters)
        if not round_.doors:
            session.add(Door(round_id=round_.id, code="desk", channel="C2_ONLINE", degree="named"))

    def closing_rows(self, session: Session, round_: Round) -> Iterator[tuple[str, bytes]]:
        """One row for each confirmed ballot, and one for each unit that it grades."""
        comments = {
            (comment.rater_unit, comment.target_unit): comment.text
            for comment in session.scalars(select(PeerComment).where(PeerComment.round_id == round_.id))
        }
        pairs: dict[tuple[str, str], list[list[str]]] = defaultdict(list)
        for rater, target, item, grade in _confirmed_grades(session, round_):
            pairs[rater, target].append([item, grade])
        for ballot in _confirmed(session, round_):
            facts = [ballot.digest, ballot.confirmed_way, ballot.confirmed_by, ballot.confirmed_at, ballot.scan]
            yield ballot.rater_unit, canonical([ballot.rater_unit, *facts])
        for (rater, target), grades in pairs.items():
            content = [rater, target, sorted(grades), comments.get((rater, target), "")]
            yield f"{rater} {target}", canonical(content)

    def load(self, session: Session, round_: Round, ballots: Iterable[bytes]) -> int:
        """Nothing is opened in a named round."""
        return 0

    def tally(self, session: Session, round_: Round, *, now: datetime) -> Tallied:
        """Count the confirmed ballots: a row for each unit and item, and one for each unit's total."""
        form = frozen_form(round_)
        received: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
        for rater, target, item, grade in _confirmed_grades(session, round_):
            received[target][item].append((rater, grade))
        salt = round_.salt or b""
        rows = [row for target in form.targets for row in _rows(form, target.code, received[target.code], salt)]
        return write_tally(session, round_.id, rows, salt=salt, now=now)

    def verify(self, session: Session, round_: Round) -> str | None:
        """Name the first altered place of the stored tally, or None."""
        return verify_tally(session, round_)


def _rows(form: Form, target: str, received: Received, salt: bytes) -> Iterator[Row]:
    figures: dict[str, Figures] = {}
    method = f"trimmed_{form.trim_percent}_percent"
    for item in form.items:
        pairs = sorted(received.get(item.code, ()))
        figures[item.code] = found = item_figures(form, [grade for _, grade in pairs])
        yield Row(
            measure=measures.PEER_ITEM,
            unit_code=target,
            object=item.code,
            n=found.n,
            dk=found.dont_know,
            counts=tuple(found.counts[grade.code] for grade in form.scale if grade.value is not None),
            value=found.value,
            spread=found.spread,
            se=found.error,
            method=method,
            params={"trim_percent": form.trim_percent, "used": found.used},
            input_digest=digest([list(pair) for pair in pairs], salt=salt),
            reason=None if found.value is not None else "no_valid_grade",
        )
    known = {rater for pairs in received.values() for rater, grade in pairs if grade != DONT_KNOW}
    asked = {rater for pairs in received.values() for rater, _ in pairs}
    value = total(form, figures)
    params: dict[str, Any] = {"weights": {item.code: item.weight for item in form.items}}
    yield Row(
        measure=measures.PEER_SCORE,
        unit_code=target,
        n=len(known),
        dk=len(asked - known),
        value=value,
        method="weighted_mean_of_items",
        params=params,
        input_digest=digest(sorted((code, found.value) for code, found in figures.items()), salt=salt),
        reason=None if value is not None else "item_without_grade",
    )


def _units(session: Session, round_: Round) -> list[Unit]:
    return list(session.scalars(select(Unit).where(Unit.year_id == round_.year_id).order_by(Unit.position)))


def _confirmed(session: Session, round_: Round) -> list[PeerBallot]:
    wanted = select(PeerBallot).where(PeerBallot.round_id == round_.id, PeerBallot.state == "confirmed")
    return list(session.scalars(wanted.order_by(PeerBallot.rater_unit)))


def _confirmed_grades(session: Session, round_: Round) -> list[tuple[str, str, str, str]]:
    """Rater, target, item and grade of every confirmed ballot."""
    wanted = (
        select(PeerGrade.rater_unit, PeerGrade.target_unit, PeerGrade.item, PeerGrade.grade)
        .join(
            PeerBallot,
            (PeerBallot.round_id == PeerGrade.round_id) & (PeerBallot.rater_unit == PeerGrade.rater_unit),
        )
        .where(PeerGrade.round_id == round_.id, PeerBallot.state == "confirmed")
        .order_by(PeerGrade.rater_unit, PeerGrade.target_unit, PeerGrade.item)
    )
    return [(rater, target, item, grade) for rater, target, item, grade in session.execute(wanted)]
