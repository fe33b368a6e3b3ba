"""What the lead desk reads: a lead's sheet, the versions of its entries, and how its points spread."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from database.columns import three_places
from scoring.entries import TAKES_ENTRIES, Entry, LeadFile, LeadSheet, entries_of, files_of, lead_sheet
from scoring.errors import NoSuchFile
from scoring.points import CATEGORY_MEAN, PointRules
from scoring.tree import Node
from units.unit import Unit
from units.year import Year


@dataclass(frozen=True, slots=True)
class Spread:
    """How a lead's points on one item spread. full: units with full marks; distinct: different values given."""

    indicator: str
    name_zh: str
    name_en: str
    full_marks: Decimal
    n: int
    least: Decimal | None
    greatest: Decimal | None
    mean: Decimal | None
    full: int
    distinct: int


def spread_of(sheet: LeadSheet, entries: Iterable[Entry]) -> list[Spread]:
    """The spread of a lead's points, item by item; where nothing was entered, figures are None."""
    given = [entry for entry in entries if entry.points is not None]
    spreads = []
    for item in sheet.items:
        points = [entry.points for entry in given if entry.indicator == item.code and entry.points is not None]
        spreads.append(
            Spread(
                indicator=item.code,
                name_zh=item.name_zh,
                name_en=item.name_en,
                full_marks=item.points,
                n=len(points),
                least=min(points, default=None),
                greatest=max(points, default=None),
                mean=three_places(sum(points, Decimal(0)) / len(points)) if points else None,
                full=points.count(item.points),
                distinct=len(set(points)),
            )
        )
    return spreads


@dataclass(frozen=True, slots=True)
class LeadCell:
    """One cell of a lead's table: the item, what it asks for, and what was entered, if anything."""

    item: Node
    asks: str
    entry: Entry | None

    @property
    def lost(self) -> Decimal | None:
        """Points below full marks, None where none are."""
        points = None if self.entry is None else self.entry.points
        return None if points is None or points == self.item.points else self.item.points - points


@dataclass(frozen=True, slots=True)
class LeadLine:
    """One unit's row. own: the lead's own row, which it never scores."""

    unit: Unit
    own: bool
    cells: tuple[LeadCell, ...]

    @property
    def deducted(self) -> bool:
        """Whether any cell has less than full marks."""
        return any(cell.lost is not None for cell in self.cells)


@dataclass(frozen=True)
class LeadDesk:
    """Everything the lead desk shows. shown: the version whose cells are in `lines`, None before the first.

    own_rule: what stands in the lead's own row ("category_mean", "substitute" or "unranked"). takes: whether the year
    takes entries at its stage.
    """

    sheet: LeadSheet
    files: tuple[LeadFile, ...]
    shown: LeadFile | None
    lines: tuple[LeadLine, ...]
    spreads: tuple[Spread, ...]
    own_rule: str
    takes: bool

    @property
    def newest(self) -> LeadFile | None:
        """The newest version, in whatever state."""
        return self.files[0] if self.files else None

    @property
    def confirmed(self) -> LeadFile | None:
        """The version that counts."""
        return next((file for file in self.files if file.state == "confirmed"), None)

    @property
    def deductions(self) -> int:
        """Cells with less than full marks."""
        return sum(cell.lost is not None for line in self.lines for cell in line.cells)


def lead_desk(session: Session, year: Year, lead: str, *, version: int | None = None) -> LeadDesk:
    """What a lead's desk shows: the newest version, or the one that is named.

    Raises UnknownLead, NoTree, NoSuchFile where there is no such version.
    """
    sheet = lead_sheet(session, year, lead)
    files = files_of(session, year, lead)
    shown = next((file for file in files if version in (None, file.version)), None)
    if shown is None and version is not None:
        raise NoSuchFile(lead)
    entries = [] if shown is None else entries_of(session, shown)
    return LeadDesk(
        sheet=sheet,
        files=tuple(files),
        shown=shown,
        lines=tuple(_lines(sheet, entries)),
        spreads=tuple(spread_of(sheet, entries)),
        own_rule=PointRules.of(year.rules).own_rows.get(lead, CATEGORY_MEAN),
        takes=year.stage in TAKES_ENTRIES,
    )


def _lines(sheet: LeadSheet, entries: Iterable[Entry]) -> Iterable[LeadLine]:
    given = {(entry.indicator, entry.unit_code): entry for entry in entries}
    for unit in sheet.units:
        cells = tuple(
            LeadCell(item, sheet.asks(item.code, unit.code), given.get((item.code, unit.code)))
            for item in sheet.items
        )
        yield LeadLine(unit, unit.code == sheet.lead.unit_code, cells)
