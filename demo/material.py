"""Units hand in their material, and the office verifies it: through the same functions as the pages."""

from __future__ import annotations

import zlib
from datetime import date, timedelta

from sqlalchemy.orm import Session

from demo import phrases
from demo.cast import Player
from demo.pictures import as_pdf, as_png, certificate
from demo.play import MAKER, Play, unit_rows
from demo.writing import Claim, assigned_matters, claims, self_assessment, year_plan
from units.matters import AssignedMatter, answer_matter, matters_of
from units.papers import hand_in_paper, papers_of, save_paper
from units.submissions import (
    Submission,
    attach_to_submission,
    begin_submission,
    hand_in_submission,
    submissions_of,
)
from units.unit import Unit
from units.verification import decide_submission, show_submission


def hand_in_material(session: Session, play: Play, *, all_done: bool) -> None:
    """Papers, assigned matters and submissions of every unit.

    all_done: False leaves every seventh unit and the samples with a draft of the year-end paper, a matter without
    an answer and entries not yet verified, so that desks have work.
    """
    for place, (player, unit) in enumerate(zip(play.players, unit_rows(session, play.year), strict=True)):
        done = all_done or not (place % 7 == 4 or player.sample)
        _papers(session, play, player, unit, done)
        _matters(session, play, player, unit, done)
        _submissions(session, play, player, unit, done)


def _officer(unit: Unit) -> str:
    return f"unit{unit.code[1:]}"


def _papers(session: Session, play: Play, player: Player, unit: Unit, done: bool) -> None:
    now = play.calendar.collects
    texts = {
        "plan": year_plan(player.line, player.focus, play.year),
        "mid_year": self_assessment(player.line, player.focus, play.year, "mid_year"),
        "year_end": self_assessment(player.line, player.focus, play.year, "year_end"),
    }
    for kind, text in texts.items():
        save_paper(session, unit, kind, text, now=now)
        if done or kind != "year_end":
            hand_in_paper(session, unit, kind, by=_officer(unit), now=now)


def _matters(session: Session, play: Play, player: Player, unit: Unit, done: bool) -> None:
    matters = assigned_matters(player.line, player.focus, play.year)
    for place, told in enumerate(matters, 1):
        due = date(play.year, told.month, 25)
        matter = AssignedMatter(
            unit_id=unit.id,
            number=f"演示{play.year}-{unit.code[1:]}-{place}",
            matter=told.title,
            source_document=told.source,
            deadline=due if done or place < len(matters) else (play.calendar.closes - timedelta(days=4)).date(),
            attachments=[],
        )
        session.add(matter)
        session.flush()
        if done or place < len(matters):
            answer_matter(session, unit, matter, told.result, by=_officer(unit), now=play.calendar.collects)


def _submissions(session: Session, play: Play, player: Player, unit: Unit, done: bool) -> None:
    for place, claim in enumerate(claims(player.line, player.focus, play.year)):
        entry = _entry(session, play, unit, claim, place)
        if not done and place == 0 and not player.sample:
            continue
        hand_in_submission(session, unit, entry, secrecy_checked=True, by=_officer(unit), now=play.calendar.collects)
        if player.sample and place == 0:
            _return(session, play, unit, entry)
        elif done or place == 0:
            _publish(session, play, unit, entry)


def _entry(session: Session, play: Play, unit: Unit, claim: Claim, place: int) -> Submission:
    fields = {
        "title": claim.title,
        "period": f"{play.year}年1月至10月",
        "problem": claim.problem,
        "actions": claim.actions,
        "result": claim.result,
        "beneficiaries": claim.beneficiaries,
        "used_elsewhere": claim.used_elsewhere,
    }
    now = play.calendar.collects
    entry = begin_submission(session, unit, claim.kind, fields, now=now)
    lot = zlib.crc32(f"{unit.code} {place}".encode())
    if play.with_files and lot % 6 == 0:
        page = certificate(unit.code, play.year, place + 1)
        # Every page of a PDF is drawn in a process of its own, so only a few certificates are PDF.
        content, ending = (as_pdf(page), "pdf") if lot % 48 == 0 else (as_png(page), "png")
        name = f"演示_佐证_{unit.code}_{place + 1}.{ending}"
        attach_to_submission(session, play.storage, unit, entry, name, content, by=_officer(unit), now=now)
    return entry


def _return(session: Session, play: Play, unit: Unit, entry: Submission) -> None:
    """The sample units' first entries come back: the second sample's as a duplicate, refused for good."""
    act = "reject" if play.players[play.world.planted.ring[1]].code == unit.code else "return"
    remark = "与其他单位申报内容重复。" if act == "reject" else phrases.REMARKS[unit.id % len(phrases.REMARKS)]
    told = play.choice.story(remark)
    decide_submission(session, unit, entry, act, remark=told, by=MAKER, now=play.calendar.collects)


def _publish(session: Session, play: Play, unit: Unit, entry: Submission) -> None:
    for act in ("verify", "publish"):
        decide_submission(session, unit, entry, act, by=MAKER, now=play.calendar.collects)
    show_submission(session, entry, "public", by=MAKER, now=play.calendar.collects)


def finish_material(session: Session, play: Play) -> None:
    """Hand in, answer and publish what `hand_in_material` left open; entries that were returned stay so."""
    for player, unit in zip(play.players, unit_rows(session, play.year), strict=True):
        now, officer = play.until, _officer(unit)
        for paper in papers_of(session, unit):
            if paper.state == "draft" and paper.text:
                hand_in_paper(session, unit, paper.kind, by=officer, now=now)
        told = assigned_matters(player.line, player.focus, play.year)
        for matter, answer in zip(_by_number(session, unit), told, strict=False):
            if not matter.result:
                answer_matter(session, unit, matter, answer.result, by=officer, now=now)
        for entry in submissions_of(session, unit):
            if entry.state == "draft":
                hand_in_submission(session, unit, entry, secrecy_checked=True, by=officer, now=now)
            if entry.state == "submitted":
                _publish(session, play, unit, entry)


def _by_number(session: Session, unit: Unit) -> list[AssignedMatter]:
    return sorted(matters_of(session, unit), key=lambda matter: matter.number)
