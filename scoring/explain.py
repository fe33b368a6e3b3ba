"""From a final score down to counts: what stands behind every number of one unit in one version of the standings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rounds.round import Round
from scoring.entries import LeadEntry, LeadFile
from scoring.points import Special, special_total
from scoring.specials import BONUS, DEDUCTION, counting, special_entries, special_items
from scoring.standings import ScoreNode, Standing, Standings, standings_of
from scoring.tree import PANEL, SURVEY, Lead, Node, leads_of, tree_of
from tallies.disclosure import Audience, Cell, Rules, disclosed
from tallies.measures import (
    BIANBAN_SCORE,
    CRITERION,
    ITEM,
    PANEL_SCORE,
    PANEL_SEVERITY,
    PEER_ITEM,
    PEER_SCORE,
    SAT_RATE,
    SAT_SCORE,
)
from units.unit import Unit
from units.year import Year


@dataclass(frozen=True, slots=True)
class Entered:
    """A lead's entry behind a leaf. way: how its head confirmed: account or paper."""

    lead: Lead
    version: int
    points: Decimal | None
    reason: str
    basis: str
    confirmed_at: datetime | None
    way: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts behind a leaf: of which round, which version, under which digest; cells shown or hidden."""

    round_code: str
    version: int
    digest: str
    cells: tuple[Cell, ...]

    def of(self, measure: str) -> tuple[Cell, ...]:
        """The cells of one measure."""
        return tuple(cell for cell in self.cells if cell.measure == measure)

    def whole(self, measure: str) -> Cell | None:
        """The counted cell of a measure over all groups, strata and channels."""
        return next((cell for cell in self.of(measure) if not _parted(cell) and cell.way == "counted"), None)

    def parts(self, dimension: str) -> tuple[Cell, ...]:
        """The counted cells of the score by "group", "stratum" or "channel" alone."""
        others = {"group", "stratum", "channel"} - {dimension}
        return tuple(
            cell
            for cell in self.of(SAT_SCORE)
            if getattr(cell, dimension)
            and not any(getattr(cell, other) for other in others)
            and cell.way == "counted"
        )


@dataclass(frozen=True)
class Part:
    """One number and what it is made of. rule, facts: how it was computed (docs/rules.md, "From tally to points").

    shown: False where the year's table keeps it from the reader; then it holds no figure.
    """

    code: str
    level: int
    name_zh: str
    name_en: str
    source: str
    most: Decimal
    value: Decimal | None
    rule: str
    facts: Mapping[str, Any]
    children: tuple["Part", ...] = ()
    entered: Entered | None = None
    counted: tuple[Counted, ...] = ()
    shown: bool = True

    def walk(self) -> Iterator["Part"]:
        """This part and all below it, parents before children."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Extra:
    """One approved addition or deduction. counts: False where the same matter counts elsewhere."""

    item: str
    name_zh: str
    name_en: str
    direction: str
    points: Decimal
    matter: str
    document_no: str
    counts: bool


@dataclass(frozen=True)
class Explained:
    """One unit's score, whole. inputs: the versions and digests that went in."""

    unit: Unit
    standing: Standing
    standings: Standings
    root: Part
    extras: tuple[Extra, ...] = field(default=())

    def part(self, code: str) -> Part | None:
        """The part of an indicator, or None."""
        return next((part for part in self.root.walk() if part.code == code), None)


def explain(session: Session, year: Year, unit: Unit, audience: Audience, *, version: int | None = None) -> Explained:
    """All that stands behind one unit's score, small cells hidden for this audience. Raises NoStandings.

    The number of statements doesn't depend on the number of units.
    """
    standings = standings_of(session, year, version)
    standing = session.get_one(Standing, (year.id, standings.version, unit.code))
    tree = tree_of(session, year, standings.inputs["tree"])
    wanted = select(ScoreNode).where(
        ScoreNode.year_id == year.id, ScoreNode.version == standings.version, ScoreNode.unit_code == unit.code
    )
    nodes = {node.code: node for node in session.scalars(wanted)}
    entered = _entered(session, year, standings, unit.code)
    counts = _counts(session, standings, unit.code, audience)
    root = _part(tree, nodes, entered, counts)
    return Explained(unit, standing, standings, root, _extras(session, year, standing, standings))


def _part(
    node: Node, nodes: Mapping[str, ScoreNode], entered: Mapping[str, Entered], counts: Sequence[Counted]
) -> Part:
    stored = nodes[node.code]
    return Part(
        code=node.code,
        level=node.level,
        name_zh=node.name_zh,
        name_en=node.name_en,
        source=node.source,
        most=node.points,
        value=stored.value,
        rule=stored.rule,
        facts=stored.facts,
        children=tuple(_part(child, nodes, entered, counts) for child in node.children),
        entered=entered.get(node.code),
        counted=_behind(node, counts),
    )


_OF_A_SURVEY = frozenset({SAT_SCORE, SAT_RATE, ITEM})
_OF_A_PANEL = frozenset({PANEL_SCORE, PANEL_SEVERITY, CRITERION, BIANBAN_SCORE})
_OF_PEERS = frozenset({PEER_SCORE, PEER_ITEM})


def _behind(node: Node, counts: Sequence[Counted]) -> tuple[Counted, ...]:
    """The counts that a leaf rests on; those of the mutual evaluation stand with the root."""
    below = {node.code, *(child.code for child in node.children)}
    found = []
    for count in counts:
        if node.source == SURVEY:
            cells = [cell for cell in count.cells if cell.measure in _OF_A_SURVEY and cell.object in below]
        elif node.source == PANEL:
            cells = [
                cell
                for cell in count.cells
                if cell.measure in _OF_A_PANEL and cell.object.partition("/")[0] == node.code
            ]
        else:
            cells = [cell for cell in count.cells if cell.measure in _OF_PEERS] if node.level == 0 else []
        if cells:
            found.append(Counted(count.round_code, count.version, count.digest, tuple(cells)))
    return tuple(found)


def _counts(session: Session, standings: Standings, unit_code: str, audience: Audience) -> list[Counted]:
    used: Mapping[str, Sequence[Any]] = standings.inputs["rounds"]
    rounds = {round_.code: round_ for round_ in session.scalars(select(Round).where(Round.code.in_(used)))}
    return [
        Counted(
            code,
            version,
            digest,
            tuple(
                disclosed(
                    session,
                    rounds[code].id,
                    audience,
                    Rules.of(rounds[code].rules),
                    unit_code=unit_code,
                    version=version,
                )
            ),
        )
        for code, (version, digest) in sorted(used.items())
    ]


def _entered(session: Session, year: Year, standings: Standings, unit_code: str) -> dict[str, Entered]:
    """The entries of the versions that went in, by indicator."""
    leads = leads_of(session, year)
    used = {lead: version for lead, (version, _) in standings.inputs["leads"].items()}
    wanted = (
        select(LeadFile, LeadEntry)
        .join(LeadEntry, LeadEntry.file_id == LeadFile.id)
        .where(LeadFile.year_id == year.id, LeadFile.lead.in_(used), LeadEntry.unit_code == unit_code)
    )
    return {
        entry.indicator: Entered(
            lead=leads[file.lead],
            version=file.version,
            points=entry.points,
            reason=entry.reason,
            basis=entry.basis,
            confirmed_at=file.confirmed_at,
            way=file.way,
        )
        for file, entry in session.execute(wanted)
        if used[file.lead] == file.version
    }


def _extras(session: Session, year: Year, standing: Standing, standings: Standings) -> tuple[Extra, ...]:
    items = {item.code: item for item in special_items(session, year)}
    used = set(standings.inputs["specials"])
    entries = [
        entry for entry in counting(special_entries(session, year, standing.unit_code)) if entry.public_id in used
    ]
    given = [Special(e.item, e.direction, e.points, e.matter, items[e.item].most) for e in entries]
    repeated = {
        place for direction in (BONUS, DEDUCTION) for place in special_total(given, direction, Decimal(10)).repeated
    }
    return tuple(
        Extra(
            item=entry.item,
            name_zh=items[entry.item].name_zh,
            name_en=items[entry.item].name_en,
            direction=entry.direction,
            points=entry.points,
            matter=entry.matter,
            document_no=entry.document_no,
            counts=place not in repeated,
        )
        for place, entry in enumerate(entries)
    )


def _parted(cell: Cell) -> bool:
    return bool(cell.group or cell.stratum or cell.channel)
