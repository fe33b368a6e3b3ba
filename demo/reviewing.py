"""The panel and mutual evaluation: their drafts, the experts' sheets, the leads' own sheets, the units' ballots."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from demo.cast import experts
from demo.pictures import as_png, certificate
from demo.play import MAKER, Play, year_row
from demo.world import DUTY, INNOVATION, PEER_GRADES, SERVICE, panel_marks, peer_grades
from review.panel.casting import Entered, cast_marks
from review.panel.marks import points
from review.panel.sealing import seal_set
from review.panel.seat import Seat
from review.panel.seating import draft_rubrics, name_seat, rubrics_of, seats_of
from review.panel.sheet import Sheet
from review.peers.ballot import ballot_of
from review.peers.confirming import confirm, confirm_on_paper, send_for_confirmation
from review.peers.form import form_from_rubrics
from review.peers.frozen import frozen_form
from review.peers.grading import grade_cells
from review.rubrics.reading import read_rubrics
from review.rubrics.rubric import RubricSet
from rounds.life import make_round, round_named, with_instrument
from rounds.round import Round

RUBRICS = Path(__file__).parent / "rubrics.yaml"
DIMENSION_OF = {"routine": DUTY, "other": SERVICE, "innovation": INNOVATION}
LEAD_SEATS = (("BB", "bianban", "lead-bb"), ("JXB", "performance_office", "lead-jxb"))
"""Seats beside the panel: code, kind, username. Both belong to Bianban, which they never score."""
BIANBAN = "U009"
ON_PAPER = "U010"
"""The unit whose head confirms the ballot on a stamped form."""


def draft_panel(session: Session, play: Play) -> Round:
    """A panel round with the rubrics, a seat per expert and the two seats of Bianban."""
    round_ = make_round(
        session,
        Round(
            code=play.code("panel"),
            year_id=year_row(session, play.year).id,
            kind="panel",
            title_zh=f"{play.year}年度专家评审",
            title_en=f"Expert review {play.year}",
            opens_at=play.calendar.opens,
            closes_at=play.calendar.closes,
            rules={"leads": [player.code for player in play.players if player.leads]},
        ),
        by=MAKER,
        now=play.calendar.freezes,
    )
    draft_rubrics(round_, read_rubrics(RUBRICS.read_text(encoding="utf-8")))
    for username, code in experts(play.players).items():
        name_seat(session, round_, f"E{username[-2:]}", "expert", username, code)
    for seat, kind, username in LEAD_SEATS:
        name_seat(session, round_, seat, kind, username, BIANBAN)
    return round_


def draft_peers(session: Session, play: Play) -> Round:
    """A round of mutual evaluation with the form of rubrics.yaml."""
    rubrics: dict[str, Any] = yaml.safe_load(RUBRICS.read_text(encoding="utf-8"))
    return make_round(
        session,
        Round(
            code=play.code("peers"),
            year_id=year_row(session, play.year).id,
            kind="peers",
            title_zh=f"{play.year}年度单位互评",
            title_en=f"Mutual evaluation {play.year}",
            opens_at=play.calendar.opens,
            closes_at=play.calendar.closes,
            draft={"form": form_from_rubrics(rubrics)},
        ),
        by=MAKER,
        now=play.calendar.freezes,
    )


def fill_sheets(session: Session, play: Play, seat: Seat, rubrics: RubricSet, share: float) -> int:
    """Enter a seat's marks on the first `share` of its units in protocol order; returns how many marks."""
    owned = set(
        session.execute(
            select(Sheet.unit_code, Sheet.object).where(Sheet.round_id == seat.round_id, Sheet.seat_code == seat.code)
        ).all()
    )
    count = round(share * len(play.players))
    entered = []
    for object_ in sorted({object_ for _, object_ in owned}):
        rubric = rubrics.rubric(object_)
        if rubric is None:
            continue
        marks = _marks(play, seat, object_, [criterion.points for criterion in rubric.criteria])
        for player, row in zip(play.players[:count], marks, strict=False):
            if (player.code, object_) in owned:
                entered += [
                    Entered(player.code, object_, criterion.code, points(int(mark)))
                    for criterion, mark in zip(rubric.criteria, row, strict=True)
                ]
    return cast_marks(session, seat, entered, now=play.at(0.2 + 0.25 * share))


def _marks(play: Play, seat: Seat, object_: str, most: list[int]) -> list[list[int]]:
    """A seat's marks on one object, a row per unit: the panel's table, or a lone table for Bianban's seats."""
    dimension = DIMENSION_OF[object_]
    if seat.kind == "expert":
        names = list(experts(play.players))
        table: list[list[list[int]]] = panel_marks(play.world, len(names), most, dimension, object_).tolist()
        return table[names.index(seat.username)]
    lone: list[list[list[int]]] = panel_marks(play.world, 1, most, dimension, f"{object_} {seat.code}").tolist()
    return lone[0]


def review_all(session: Session, play: Play) -> None:
    """Every seat that hasn't sealed fills all its sheets and seals its set."""
    round_ = with_instrument(session, play.code("panel"))
    rubrics = _rubrics(round_)
    for seat in seats_of(session, round_.id):
        if seat.sealed_at is None:
            fill_sheets(session, play, seat, rubrics, 1.0)
            seal_set(session, seat, now=play.at(0.5))


def review_in_part(session: Session, play: Play) -> None:
    """Experts at work: two have sealed, one hasn't begun, the others stand between a fifth and nearly all."""
    round_ = with_instrument(session, play.code("panel"))
    rubrics = _rubrics(round_)
    for place, seat in enumerate(seats_of(session, round_.id)):
        share = (0.38, 1.0, 0.62, 0.0, 0.85, 0.22, 0.5)[place % 7] if seat.kind == "expert" else 0.6
        if share:
            fill_sheets(session, play, seat, rubrics, share)
        if share == 1.0:
            seal_set(session, seat, now=play.at(0.45))


def _rubrics(round_: Round) -> RubricSet:
    rubrics = rubrics_of(round_)
    if rubrics is None:
        raise LookupError(round_.code)
    return rubrics


def cast_ballots(session: Session, play: Play, *, all_done: bool) -> None:
    """Every unit goes on with its ballot: grades the others, sends it, and its head confirms.

    all_done: False leaves a third of the ballots half-graded drafts and a sixth unconfirmed.
    """
    round_ = round_named(session, play.code("peers"))
    form = frozen_form(with_instrument(session, round_.code))
    codes = [player.code for player in play.players]
    table = peer_grades(play.world, len(form.items), form.block_percent["A"], form.block_percent["D"])
    for rater, code in enumerate(codes):
        ballot = ballot_of(session, round_.id, code)
        rest = 6 if all_done else rater % 6
        most = len(codes) if rest > 1 else len(codes) * (rest + 1) // 3
        cells = {
            (codes[target], item.code): PEER_GRADES[table[rater, target, place]]
            for target in range(most)
            if target != rater
            for place, item in enumerate(form.items)
        }
        officer = f"unit{code[1:]}"
        if ballot.state == "draft":
            grade_cells(session, round_, code, cells, now=play.at(0.25))
        if ballot.state == "draft" and rest > 1:
            send_for_confirmation(session, round_, code, by=officer, now=play.at(0.35))
        if ballot.state == "sent" and rest > 2:
            if code == ON_PAPER and play.with_files:
                scan = ("演示_互评确认表.png", as_png(certificate(code, play.year, 1)))
                confirm_on_paper(session, play.storage, round_, code, scan, by=officer, now=play.at(0.4))
            else:
                confirm(session, round_, code, by=f"{officer}-head", now=play.at(0.4))
