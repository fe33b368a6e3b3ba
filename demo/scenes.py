"""The scenes of a year in their order, each by the same functions as the pages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from demo.accounts import make_accounts
from demo.cast import Person
from demo.entering import enter_leads, enter_specials, set_tree
from demo.material import hand_in_material
from demo.play import APPROVER, MAKER, Play, year_row
from demo.reviewing import cast_ballots, draft_panel, draft_peers, review_all, review_in_part
from demo.setting import set_year
from demo.surveying import answer_strip, draft_surveys
from demo.telling import announce, open_tables, tell_the_public
from rounds.life import archive_round, close_round, freeze_round, publish_round, rounds_of, tally_round
from rounds.round import Round
from scoring.approving import approve_standings
from scoring.standings import compute_standings
from units.staging import move_stage


def prepare(session: Session, play: Play, people: Sequence[Person], hashes: Mapping[str, str]) -> None:
    """The year with its units, everybody's account that `hashes` names, the index tree."""
    set_year(session, play)
    newcomers = [person for person in people if person.username in hashes]
    make_accounts(session, newcomers, hashes, now=play.calendar.begins)
    set_tree(session, play)
    open_tables(session)


def collect(session: Session, play: Play, *, all_done: bool) -> None:
    """Units hand in their material."""
    move_stage(session, year_row(session, play.year), "collecting", by=MAKER, now=play.calendar.collects)
    play.tell("units hand in plans, self-assessments, matters and submissions")
    hand_in_material(session, play, all_done=all_done)


def freeze(session: Session, play: Play, *, seeded_salts: bool) -> None:
    """Five rounds drafted and frozen; the year goes over to assessing.

    seeded_salts: make the rounds' salts from the seed, so that a simulation's digests repeat.
    """
    play.tell("five rounds are drafted and frozen")
    now = play.calendar.freezes
    drafts = [*draft_surveys(session, play), draft_panel(session, play), draft_peers(session, play)]
    for draft in drafts:
        frozen = freeze_round(session, play.kinds, draft.code, by=MAKER, approved_by=APPROVER, now=now)
        if seeded_salts:
            frozen.salt = hashlib.sha256(f"{play.world.seed} {frozen.code}".encode()).digest()
    move_stage(session, year_row(session, play.year), "assessing", by=MAKER, now=play.calendar.opens)
    tell_the_public(session, play)


def answer(session: Session, play: Play) -> dict[str, list[str]]:
    """Every strip of fieldwork; returns unused codes by round and door."""
    unused = {}
    for work in play.works:
        play.tell(f"{work.count} answers to {work.form} by {work.channel}, {work.group or work.stratum}")
        if codes := answer_strip(session, play, work):
            unused[f"{work.form} {work.door}"] = codes
    return unused


def review(session: Session, play: Play, *, all_done: bool) -> None:
    """Experts' sheets, units' ballots, leads' entries, special items."""
    play.tell("experts fill their sheets")
    if all_done:
        review_all(session, play)
    else:
        review_in_part(session, play)
    play.tell("units grade one another")
    cast_ballots(session, play, all_done=all_done)
    play.tell("lead departments enter their scores")
    enter_leads(session, play, all_done=all_done)
    enter_specials(session, play, all_done=all_done)


def close(session: Session, play: Play) -> None:
    """Close every round of the year that is still open."""
    for round_ in _rounds(session, play):
        play.tell(f"{round_.code} is closed")
        close_round(session, play.kinds, round_.code, by=MAKER, now=play.calendar.closes, early=True)


def count(session: Session, play: Play) -> dict[str, str]:
    """Tally every closed round and publish the tally to scoring; returns each round's tally digest."""
    digests = {}
    for round_ in _rounds(session, play):
        play.tell(f"{round_.code} is counted")
        tallied = tally_round(session, play.kinds, round_.code, by=MAKER, now=play.calendar.counted)
        publish_round(
            session, round_.code, tallied.version, by=MAKER, approved_by=APPROVER, now=play.calendar.counted
        )
        digests[round_.code] = tallied.digest
    return digests


def show_provisional(session: Session, play: Play) -> int:
    """Compute the standings and let units check their own; returns the version."""
    play.tell("standings are computed")
    year = year_row(session, play.year)
    version = compute_standings(session, year, by=MAKER, now=play.calendar.counted)
    move_stage(session, year, "provisional", by=MAKER, approved_by=APPROVER, now=play.calendar.provisional)
    return version


def approve(session: Session, play: Play, version: int) -> None:
    """Approve a version of the standings; the year is final."""
    play.tell("standings are approved")
    year, now = year_row(session, play.year), play.calendar.final
    approve_standings(session, year, version, document_no=f"演示〔{play.year + 1}〕1号", by=APPROVER, now=now)
    move_stage(session, year, "final", by=MAKER, approved_by=APPROVER, now=now)


def archive(session: Session, play: Play, version: int) -> None:
    """Announce what the public is told, then file the year: its rounds, then itself."""
    announce(session, play, version)
    for round_ in _rounds(session, play):
        archive_round(session, round_.code, by=MAKER, now=play.calendar.archived)
    move_stage(session, year_row(session, play.year), "archived", by=MAKER, now=play.calendar.archived)


def _rounds(session: Session, play: Play) -> list[Round]:
    return rounds_of(session, year_row(session, play.year).id)
