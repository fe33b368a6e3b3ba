"""Checking standings and leads' entries against what the chain recorded of them."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit.events import Entry as Recorded
from audit.verifying import Fault, readable
from scoring.entries import LeadFile, entries_digest, entries_of
from scoring.standings import ScoreNode, Standing, Standings, digest_of_standings
from scoring.tree import Node, tree_of
from units.year import Year


def verify_scores(session: Session) -> Iterator[Fault]:
    """Compare every version of standings and of leads' entries with its digest in the chain; yield what differs.

    Within standings each sum must also be that of the points below it, so that an altered indicator is named.
    """
    years = {year.year: year for year in session.scalars(select(Year))}
    for told in _told(session, "StandingsComputed"):
        place = f"standings {told['year']}, version {told['version']}"
        yield from readable(place, _verify_standings(session, years[told["year"]], told, place))
    for told in _told(session, "EntriesKept"):
        year = years[int(told["subject"].split()[-1])]
        place = f"entries of lead {told['lead']} {year.year}, version {told['version']}"
        yield from readable(place, _verify_entries(session, year, told, place))


def _told(session: Session, kind: str) -> list[dict[str, Any]]:
    wanted = select(Recorded.facts, Recorded.subject).where(Recorded.kind == kind).order_by(Recorded.number)
    return [json.loads(facts) | {"subject": subject} for facts, subject in session.execute(wanted)]


def _verify_standings(session: Session, year: Year, told: dict[str, Any], place: str) -> Iterator[Fault]:
    standings = session.get(Standings, (year.id, told["version"]), populate_existing=True)
    if standings is None:
        yield Fault(place, "missing")
        return
    of_version = (Standing.year_id == year.id, Standing.version == standings.version)
    rows = session.scalars(select(Standing).where(*of_version).execution_options(populate_existing=True)).all()
    if not standings.digest == told["digest"] == digest_of_standings(standings.inputs, rows):
        yield Fault(place, "altered")
    wanted = select(ScoreNode).where(ScoreNode.year_id == year.id, ScoreNode.version == standings.version)
    nodes = {(node.unit_code, node.code): node for node in session.scalars(wanted)}
    tree = tree_of(session, year, standings.inputs["tree"])
    for row in rows:
        if code := _false_sum(tree, row, nodes):
            yield Fault(f"{place}, unit {row.unit_code}, indicator {code}", "altered")


def _false_sum(tree: Node, row: Standing, nodes: dict[tuple[str, str], ScoreNode]) -> str | None:
    """The first indicator whose points are missing or aren't the sum of those below it; None where all are."""
    for node in tree.walk():
        stored = nodes.get((row.unit_code, node.code))
        if stored is None:
            return node.code
        below = [nodes[row.unit_code, child.code].value for child in node.children]
        if stored.rule == "sum" and stored.value != sum((value or Decimal(0) for value in below), Decimal(0)):
            return node.code
    return None if nodes[row.unit_code, tree.code].value == row.basic else tree.code


def _verify_entries(session: Session, year: Year, told: dict[str, Any], place: str) -> Iterator[Fault]:
    wanted = select(LeadFile).where(
        LeadFile.year_id == year.id, LeadFile.lead == told["lead"], LeadFile.version == told["version"]
    )
    file = session.scalar(wanted.execution_options(populate_existing=True))
    if file is None or not file.digest == told["digest"] == entries_digest(entries_of(session, file)):
        yield Fault(place, "altered")
