"""What lead departments enter, and special items: additions for whoever earned them, deductions for samples alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from database.columns import three_places
from demo.play import APPROVER, CHECKER, MAKER, Play, year_row
from demo.world import DUTY, INTEGRITY, lead_shares
from scoring.entering import confirm_entries, keep_entries, send_entries
from scoring.entries import DRAFT, SENT, Entry, file_of, lead_sheet
from scoring.loading import load_tree, set_applicable
from scoring.specials import PROPOSED, decide_special, propose_special, special_entries
from scoring.tree import leads_of

INDICATORS = Path(__file__).parent / "indicators.yaml"
OWN_ROWS = {
    "SWB": "substitute:ZFB",
    "ZFB": "substitute:SWB",
    "FGW": "substitute:ZFB",
    "BB": "substitute:CZJ",
    "CZJ": "substitute:BB",
    "FZB": "category_mean",
    "JW": "category_mean",
    "ZZB": "category_mean",
    "JGGW": "category_mean",
}
"""Who scores a lead's own row: another lead where one is near, else the mean of the category."""

STEPS_SO_FAR = {"BB": 0, "JW": 1, "FGW": 2}
"""Leads that aren't done when the demonstration begins: no entries, a draft, waiting for the head."""

NO_ENFORCEMENT = ("U087", "U088", "U089", "U090", "U091", "U092", "U093")
"""Offices of the democratic parties, which enforce no law: FUN_LAW_2 doesn't apply to them."""

GENEROUS = "U029"
"""The unit whose additions pass the yearly cap."""


@dataclass(frozen=True, slots=True)
class Special:
    """One addition or deduction to be proposed. counts: how the second person decides."""

    unit_code: str
    item: str
    points: str
    matter: str
    direction: str = ""
    counts: bool = True


def indicators() -> dict[str, Any]:
    """The index tree, its leads and special items as a document."""
    document: dict[str, Any] = yaml.safe_load(INDICATORS.read_text(encoding="utf-8"))
    return document


def set_tree(session: Session, play: Play) -> None:
    """Load the tree, say who scores the leads' own rows, and which leaf doesn't apply to whom."""
    year = year_row(session, play.year)
    now = play.calendar.begins
    load_tree(session, year, indicators(), by=MAKER, now=now)
    year.rules = {**year.rules, "own_rows": OWN_ROWS}
    session.flush()
    for player in play.players:
        if player.code in NO_ENFORCEMENT:
            set_applicable(
                session,
                year,
                player.code,
                "FUN_LAW_2",
                applicable=False,
                document_no=f"演示〔{play.year}〕3号",
                by=MAKER,
                approved_by=APPROVER,
                now=now,
            )


def enter_leads(session: Session, play: Play, *, all_done: bool) -> None:
    """Every lead goes on with its entries: keeps its items for all units, sends them, and its head confirms.

    all_done: False stops some leads before the last step (STEPS_SO_FAR).
    """
    year = year_row(session, play.year)
    now = play.at(0.3)
    for code in sorted(leads_of(session, year)):
        entries = list(_entries(session, play, code))
        steps = 3 if all_done else STEPS_SO_FAR.get(code, 3)
        if not entries or not steps:
            continue
        officer = f"lead-{code.lower()}"
        newest = file_of(session, year, code)
        if newest is None:
            newest = keep_entries(session, year, code, entries, by=officer, now=now)
        if newest.state == DRAFT and steps > 1:
            send_entries(session, year, code, by=officer, now=now)
        if newest.state == SENT and steps > 2:
            confirm_entries(session, year, code, by=f"{officer}-head", now=now)


def _entries(session: Session, play: Play, lead: str) -> Iterator[Entry]:
    sheet = lead_sheet(session, year_row(session, play.year), lead)
    places = {player.code: place for place, player in enumerate(play.players)}
    shares = {
        item.code: lead_shares(play.world, item.code, INTEGRITY if item.code.startswith("MGT") else DUTY)
        for item in sheet.items
    }
    for item, unit_code in sheet.asked():
        if sheet.asks(item.code, unit_code) == "not_applicable":
            yield Entry(item.code, unit_code, None)
            continue
        share = Decimal(str(round(float(shares[item.code][places[unit_code]]), 2)))
        points = three_places(item.points * share)
        lowered = points < item.points
        yield Entry(
            item.code,
            unit_code,
            points,
            reason="按计分细则逐项计分" if lowered else "",
            basis=f"演示〔{play.year}〕计分细则" if lowered else "",
        )


def specials(play: Play) -> list[Special]:
    """The year's special items: the forum's figures of thirty units, awards and pilots, deductions of the samples."""
    draw, story = play.world.stream("specials"), play.choice.story
    # The better a unit, the sooner it earns an addition; chance has its part.
    merit = play.world.truth() + draw.normal(0, 0.4, len(play.players))
    order = (-merit).argsort(kind="stable").tolist()
    chosen = [play.players[place].code for place in order if not play.players[place].sample][:30]
    honest = {player.code for player in play.players if not player.sample}
    found = [
        Special(code, "SPC_HSWZ", f"{2.5 - 0.08 * place:.2f}", "“寒山闻钟”论坛处办情况")
        for place, code in enumerate(chosen)
    ]
    found += [Special(code, "SPC_AWARD_P", "0.5", "获省级综合性表彰（演示）") for code in chosen[:6]]
    found += [Special(code, "SPC_PILOT", "0.5", "承担省级改革试点并通过验收（演示）") for code in chosen[6:10]]
    found += [Special(code, "SPC_ZSHD", "0.5", "政社互动工作（演示）", "bonus") for code in chosen[10:14]]
    found += _passing_the_cap(chosen) if GENEROUS in honest else []
    first, second, third = (play.players[place].code for place in play.world.planted.ring)
    found += [
        Special(first, "SPC_CRIT", "1.0", story("受通报批评（示例）")),
        Special(first, "SPC_PETITION", "0.5", story("信访事项逾期未办结（示例）")),
        Special(second, "SPC_PETITION", "1.0", story("信访事项逾期未办结（示例）")),
        Special(third, "SPC_FALSE", "2.0", story("考核材料不实（示例），经核实不成立"), counts=False),
    ]
    return found


def _passing_the_cap(chosen: list[str]) -> list[Special]:
    """Additions of 12.5 for one unit, less the forum's figure where it already has one."""
    rest = [
        Special(GENEROUS, "SPC_ZSHD", "2.0", "政社互动经验推广（演示）", "bonus"),
        Special(GENEROUS, "SPC_AWARD_N", "3.0", "获国家级综合性表彰（演示）"),
        Special(GENEROUS, "SPC_AWARD_P", "2.0", "获省级综合性表彰（演示，另一事项）"),
        Special(GENEROUS, "SPC_AWARD_P", "0.5", "获省级单项表彰（演示）"),
        Special(GENEROUS, "SPC_PILOT", "2.0", "承担国家级试点并通过验收（演示）"),
    ]
    return rest if GENEROUS in chosen else [*rest, Special(GENEROUS, "SPC_HSWZ", "3.0", "“寒山闻钟”论坛处办情况")]


def enter_specials(session: Session, play: Play, *, all_done: bool) -> None:
    """Propose every special item and let a second person decide; all_done: False leaves every fourth open."""
    year = year_row(session, play.year)
    now = play.at(0.4)
    for number, special in enumerate(specials(play), 1):
        entry = propose_special(
            session,
            year,
            special.unit_code,
            special.item,
            Decimal(special.points),
            matter=special.matter,
            document_no=f"演示〔{play.year}〕专项{number}号",
            direction=special.direction,
            by=MAKER,
            now=now,
        )
        if all_done or number % 4:
            decide_special(session, entry.public_id, counts=special.counts, by=CHECKER, now=now)


def decide_specials(session: Session, play: Play) -> None:
    """Decide what `enter_specials` left open, as it would have."""
    year = year_row(session, play.year)
    for entry, special in zip(special_entries(session, year), specials(play), strict=False):
        if entry.state == PROPOSED:
            decide_special(session, entry.public_id, counts=special.counts, by=CHECKER, now=play.at(0.6))
