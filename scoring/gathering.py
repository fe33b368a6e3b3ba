"""Gathering all that a year's points rest on: tree, counts, entries, special items, published submissions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.canonical import digest
from rounds.life import rounds_of
from rounds.round import Round
from scoring.entries import LeadFile, confirmed_files, entries_in, scored_by_leads
from scoring.points import SUBSTITUTE, Evidence, PointRules
from scoring.specials import SpecialEntry, counting, special_entries, special_items
from scoring.tree import Node, leads_of, not_applicable_of, tree_of, tree_version
from tallies.rows import Tally, newest_versions, read_totals
from units.submissions import Submission
from units.unit import Unit
from units.year import Year


@dataclass(frozen=True)
class Gathered:
    """What the standings of a year are computed from. inputs: which versions, with digests; plain values."""

    tree: Node
    units: Sequence[Unit]
    evidence: Evidence
    specials: Mapping[str, Sequence[SpecialEntry]]
    most: Mapping[str, Decimal]
    inputs: dict[str, Any]


def gather(session: Session, year: Year) -> Gathered:
    """Read all that counts now: of each round the published count, else the newest; of each lead the newest confirmed
    entries. Raises NoTree."""
    tree = tree_of(session, year)
    units = session.scalars(select(Unit).where(Unit.year_id == year.id).order_by(Unit.position)).all()
    leads = {code: lead.unit_code for code, lead in leads_of(session, year).items()}
    counts = counts_of(session, year)
    files = confirmed_files(session, year)
    rules = PointRules.of(year.rules)
    absent = not_applicable_of(session, year)
    counted = counting(special_entries(session, year))
    specials: dict[str, list[SpecialEntry]] = {}
    for entry in counted:
        specials.setdefault(entry.unit_code, []).append(entry)
    evidence = Evidence(
        entries=_entries(session, tree, leads, rules, files),
        values=_values(session, counts),
        not_applicable=absent,
        innovators=_innovators(session, year),
        lead_units=leads,
        categories={unit.code: unit.category for unit in units},
        rules=rules,
    )
    inputs = {
        "tree": tree_version(session, year),
        "rounds": {round_.code: [tally.version, tally.digest] for round_, tally in counts},
        "leads": {lead: [file.version, file.digest] for lead, file in sorted(files.items())},
        "specials": [entry.public_id for entry in counted],
        "not_applicable": digest(sorted(list(pair) for pair in absent)),
        "innovators": digest(sorted(evidence.innovators)),
        "rules": _rules_as_text(rules),
    }
    most = {item.code: item.most for item in special_items(session, year)}
    return Gathered(tree, units, evidence, specials, most, inputs)


def counts_of(session: Session, year: Year) -> list[tuple[Round, Tally]]:
    """For each round of the year that was counted, the count that goes into the points."""
    rounds = [round_ for round_ in rounds_of(session, year.id) if not round_.rehearsal]
    newest = newest_versions(session, [round_.id for round_ in rounds])
    found = []
    for round_ in rounds:
        tally = newest.get(round_.id)
        if tally is not None and round_.published_version not in (None, tally.version):
            tally = session.get(Tally, (round_.id, round_.published_version))
        if tally is not None:
            found.append((round_, tally))
    return found


def _values(session: Session, counts: Sequence[tuple[Round, Tally]]) -> dict[tuple[str, str, str], Decimal]:
    rows = read_totals(session, {round_.id: tally.version for round_, tally in counts})
    return {(row.measure, row.object, row.unit_code): row.value for row in rows if row.value is not None}


def _entries(
    session: Session, tree: Node, leads: Mapping[str, str], rules: PointRules, files: Mapping[str, LeadFile]
) -> dict[tuple[str, str], Decimal]:
    """The points that leads entered; on a lead's own row only those of the lead that stands in for it."""
    items = scored_by_leads(tree)
    kept: dict[tuple[str, str], Decimal] = {}
    for file, entry in entries_in(session, list(files.values())):
        item = items.get(entry.indicator)
        if item is None or entry.points is None:
            continue
        own = leads.get(item.lead) == entry.unit_code
        stand_in = rules.substitutes.get(item.lead) if rules.own_rows.get(item.lead) == SUBSTITUTE else None
        if file.lead == (stand_in if own else item.lead):
            kept[entry.indicator, entry.unit_code] = entry.points
    return kept


def _innovators(session: Session, year: Year) -> frozenset[str]:
    published = (
        select(Unit.code)
        .join(Submission, Submission.unit_id == Unit.id)
        .where(Unit.year_id == year.id, Submission.state == "published")
    )
    return frozenset(session.scalars(published))


def _rules_as_text(rules: PointRules) -> dict[str, Any]:
    return {
        "panel_share": f"{rules.panel_share:.3f}",
        "peer_shares": {code: f"{share:.3f}" for code, share in sorted(rules.peer_shares.items())},
        "needs_entry": sorted(rules.needs_entry),
        "own_rows": dict(sorted(rules.own_rows.items())),
        "substitutes": dict(sorted(rules.substitutes.items())),
        "not_applicable": rules.not_applicable,
        "cap_bonus": f"{rules.cap_bonus:.3f}",
        "cap_deduction": f"{rules.cap_deduction:.3f}",
    }
