"""Loading an index tree and its special items from a document, and declaring leaves not applicable."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from accounts.approvals import refuse_one_person
from audit.events import record
from database.canonical import digest
from scoring.errors import BadTree, TooLate, TreeFault, UnknownIndicator
from scoring.events import ApplicabilityChanged, TreeLoaded
from scoring.specials import SpecialItem
from scoring.tree import LEAD, PANEL, SURVEY, Indicator, Lead, NotApplicable, tree_of, tree_version
from units.year import Year

FULL_MARKS = Decimal(100)
_EDITABLE = ("preparing", "collecting")


def load_tree(session: Session, year: Year, document: Mapping[str, Any], *, by: str, now: datetime) -> int:
    """Store an index tree, its leads and its special items as a new version of the year; return the version.

    document: the shape of demo/indicators.yaml. A tree that equals the newest version adds none.
    Raises BadTree with all that is wrong, TooLate once the year is being assessed; then nothing is written.
    """
    if year.stage not in _EDITABLE:
        raise TooLate("load_tree", year.stage)
    rows = list(_rows(document["indicators"]))
    leads = _lead_rows(document["lead_departments"])
    items = _special_rows(document["special_items"]["items"])
    if faults := tree_faults(rows, [lead["code"] for lead in leads]):
        raise BadTree(faults)
    version = tree_version(session, year)
    fresh = digest([rows, leads, items])
    if version and year.rules.get("tree_digest") == fresh:
        return version
    version += 1
    session.execute(insert(Indicator), [row | {"year_id": year.id, "version": version} for row in rows])
    _replace(session, Lead, year, leads)
    _replace(session, SpecialItem, year, items)
    caps = {name: str(document["special_items"][f"{name}_total"]) for name in ("cap_bonus", "cap_deduction")}
    year.rules = year.rules | caps | {"tree_digest": fresh}
    record(session, TreeLoaded(year.year, version, fresh), by=by, now=now, subject=f"year {year.year}")
    return version


def tree_faults(rows: Sequence[Mapping[str, Any]], leads: Iterable[str]) -> list[TreeFault]:
    """All that is wrong in a tree: points that don't add up, codes twice, leads that don't exist, no source."""
    known = set(leads)
    faults = [
        TreeFault("code_twice", code) for code, times in Counter(row["code"] for row in rows).items() if times > 1
    ]
    sums: dict[str, Decimal] = {}
    for row in rows:
        sums[row["parent_code"]] = sums.get(row["parent_code"], Decimal(0)) + row["points"]
        faults += [TreeFault("unknown_lead", row["code"]) for lead in row["leads"] if lead not in known]
        if row["level"] == 2 and not row["source"]:
            faults.append(TreeFault("no_source", row["code"]))
    if sums.get("", Decimal(0)) != FULL_MARKS:
        faults.append(TreeFault("points_do_not_add_up", ""))
    for row in rows:
        if row["level"] < 3 and sums.get(row["code"]) != row["points"]:
            faults.append(TreeFault("points_do_not_add_up", row["code"]))
    return faults


def set_applicable(
    session: Session,
    year: Year,
    unit_code: str,
    indicator: str,
    *,
    applicable: bool,
    document_no: str,
    by: str,
    approved_by: str,
    now: datetime,
) -> None:
    """Declare a leaf not applicable to a unit, or applicable again, before the year is being assessed.

    Raises TooLate, UnknownIndicator, SamePerson, MayNotApprove. Rule: docs/rules.md, "Not applicable".
    """
    if year.stage not in _EDITABLE:
        raise TooLate("set_applicable", year.stage)
    refuse_one_person(session, by, approved_by)
    if indicator not in {leaf.code for leaf in tree_of(session, year).leaves}:
        raise UnknownIndicator(indicator)
    session.execute(
        delete(NotApplicable).where(
            NotApplicable.year_id == year.id,
            NotApplicable.unit_code == unit_code,
            NotApplicable.indicator == indicator,
        )
    )
    if not applicable:
        row = NotApplicable(
            year_id=year.id,
            unit_code=unit_code,
            indicator=indicator,
            document_no=document_no,
            approved_by=approved_by,
            approved_at=now,
        )
        session.add(row)
    changed = ApplicabilityChanged(year.year, unit_code, indicator, applicable, document_no, approved_by)
    record(session, changed, by=by, now=now, subject=f"unit {unit_code}")


def _rows(indicators: Sequence[Mapping[str, Any]], parent: str = "", level: int = 1) -> Iterable[dict[str, Any]]:
    for place, one in enumerate(indicators):
        scored_by = str(one.get("scored_by", ""))
        source = _source(one.get("data_source", ()))
        leads = list(one.get("leads", ()))
        yield {
            "code": one["code"],
            "parent_code": parent,
            "level": level,
            "position": place,
            "name_zh": one["name_zh"],
            "name_en": one["name_en"],
            "points": Decimal(str(one["weight"] if level < 3 else one["points"])),
            "source": source,
            "leads": leads or ([scored_by] if level == 3 and _enters(scored_by) else []),
            "lead": leads[0] if source == PANEL else scored_by if level == 3 and _enters(scored_by) else "",
        }
        yield from _rows(one.get("children", ()), one["code"], level + 1)


def _enters(scored_by: str) -> bool:
    return "+" not in scored_by and scored_by != SURVEY and scored_by != ""


def _source(stated: Sequence[str]) -> str:
    if "expert_panel" in stated:
        return PANEL
    if "survey" in stated:
        return SURVEY
    return LEAD if "lead_entry" in stated else ""


def _lead_rows(leads: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    return [
        {"code": code, "name_zh": lead["zh"], "name_en": lead["en"], "unit_code": lead["unit"]}
        for code, lead in leads.items()
    ]


def _special_rows(items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "code": item["code"],
            "position": place,
            "name_zh": item["name_zh"],
            "name_en": item["name_en"],
            "direction": item["direction"] if item["direction"] in ("bonus", "deduction") else "both",
            "most": Decimal(str(item["max_points"])),
        }
        for place, item in enumerate(items)
    ]


def _replace(session: Session, table: type[Lead] | type[SpecialItem], year: Year, rows: list[dict[str, Any]]) -> None:
    session.execute(delete(table).where(table.year_id == year.id))
    session.execute(insert(table), [row | {"year_id": year.id} for row in rows])
