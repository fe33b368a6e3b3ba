"""The only door through which a breakdown leaves: which cells may be shown, and why the others not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy.orm import Session

from tallies import measures
from tallies.errors import ThresholdLowered
from tallies.rows import Row, read_rows
from tallies.suppression import Key, Size, close

Audience = Literal["public", "internal"]
LEAST = {"public": 10, "internal": 5, "guarded": 10}
LEAST_SHEETS = 7
TOO_FEW = "too_few"
COMPLEMENT = "complement"
NOT_PUBLIC = "not_public"
DISTRIBUTION = "distribution"

_DELEGATES = frozenset(
    {"G1_PARTY_DEL", "G2_NPC_DEP", "G3_CPPCC", "G4_STATE_ORG", "G5_ENTERPRISE", "G6_SOCIAL_ORG", "G7_DISTRICT"}
)
_LEADERS = frozenset({"S1_LEADERS"})
LEADER_OBJECTS = frozenset({"SAT_LEADER", "SAT_LEADER_1"})
_BY_SHEETS = frozenset({measures.PANEL_SCORE, measures.PANEL_SEVERITY, measures.CRITERION})
_IDENTITY = ("measure", "unit_code", "object", "group", "stratum", "channel", "way")
_BY_PEERS = frozenset({measures.PEER_SCORE, measures.PEER_ITEM})


@dataclass(frozen=True)
class Rules:
    """The thresholds of one round: no breakdown on fewer answers.

    public, internal: by audience. guarded: inside too, for leaders' and delegates' answers, which never
    show a distribution. Raises ThresholdLowered below 10, 5 and 10. Rule: docs/rules.md, "Small cells".
    """

    public: int = LEAST["public"]
    internal: int = LEAST["internal"]
    guarded: int = LEAST["guarded"]
    guarded_groups: frozenset[str] = _DELEGATES
    guarded_strata: frozenset[str] = _LEADERS
    guarded_objects: frozenset[str] = LEADER_OBJECTS

    def __post_init__(self) -> None:
        for name, least in LEAST.items():
            if getattr(self, name) < least:
                raise ThresholdLowered(name, least)

    @classmethod
    def of(cls, round_rules: Mapping[str, object]) -> "Rules":
        """The thresholds that a round's rules state under `k`; what they leave out keeps its default."""
        stated = round_rules.get("k", {})
        given = stated if isinstance(stated, Mapping) else {}
        k = LEAST | {name: int(given[name]) for name in LEAST if name in given}
        return cls(public=k["public"], internal=k["internal"], guarded=k["guarded"])

    def guards(self, row: Row) -> bool:
        """Whether the row holds answers of leaders, delegates or peers alone."""
        return (
            row.group in self.guarded_groups
            or row.stratum in self.guarded_strata
            or row.object in self.guarded_objects
            or row.measure in _BY_PEERS
        )

    def threshold(self, row: Row, audience: Audience) -> int:
        """The least n on which this row may be shown to this audience."""
        least = self.public if audience == "public" else self.internal
        if row.measure in _BY_SHEETS:
            return max(LEAST_SHEETS, least) if audience == "public" else LEAST_SHEETS
        return max(least, self.guarded) if self.guards(row) else least


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A row as its reader may see it; where it is hidden, all figures are None and `hidden` says why.

    counts: None where a distribution is never shown. reason: why there is no value though it isn't hidden.
    """

    measure: str
    unit_code: str
    object: str
    group: str
    stratum: str
    channel: str
    way: str
    hidden: str | None
    n: int | None = None
    dk: int | None = None
    counts: tuple[int, ...] | None = None
    value: Decimal | None = None
    spread: Decimal | None = None
    se: Decimal | None = None
    method: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None
    input_digest: str | None = None


def disclose(rows: Iterable[Row], audience: Audience, rules: Rules) -> list[Cell]:
    """The rows of one count as cells, shown or hidden, so that no hidden cell follows from the shown ones.

    A cell on fewer answers than its threshold is hidden. Further cells are hidden until no hidden n and no
    hidden value can be computed from totals and parts that are shown, and until no sum of hidden cells
    that a total betrays stands on fewer answers than the threshold. Pass all rows of a count at once: cells
    left out are taken as not known to the reader. Rule: docs/rules.md, "Small cells".
    """
    given = list(rows)
    tables: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in given:
        tables[row.measure, row.object].append(row)
    hidden: dict[tuple[str, ...], str] = {}
    veiled: set[tuple[str, ...]] = set()
    before: set[Key] = set()
    for table in sorted(tables.values(), key=lambda some: (-max(row.n for row in some), some[0].cell)):
        why = _hidden(table, audience, rules, before)
        hidden |= {row.cell: why[_key(row)] for row in table if _key(row) in why}
        before |= why.keys()
        veiled |= _veiled(table, rules, frozenset(why))
    return [_cell(row, hidden.get(row.cell), row.cell in veiled) for row in given]


def disclosed(
    session: Session,
    round_id: int,
    audience: Audience,
    rules: Rules,
    *,
    unit_code: str | None = None,
    version: int | None = None,
) -> list[Cell]:
    """A count of a round as this audience may see it, or one unit's part; without a version, the newest.

    Raises NoTally.
    """
    if unit_code is None:
        return disclose(read_rows(session, round_id, version=version), audience, rules)
    rows = read_rows(session, round_id, version=version, units=(unit_code, ""))
    if any(not row.unit_code for row in rows):  # a total over units betrays a unit by the others
        rows = read_rows(session, round_id, version=version)
    return [cell for cell in disclose(rows, audience, rules) if cell.unit_code == unit_code]


def without_distribution(cell: Cell) -> Cell:
    """The cell with its score alone: neither counts nor what tells of them."""
    return replace(cell, counts=None, spread=None, se=None)


def _key(row: Row) -> Key:
    return (row.unit_code, row.group, row.stratum, row.channel, row.way)


def _hidden(table: list[Row], audience: Audience, rules: Rules, before: set[Key]) -> dict[Key, str]:
    if audience == "public" and table[0].measure == measures.BIANBAN_SCORE:
        return {_key(row): NOT_PUBLIC for row in table}
    if table[0].measure == measures.BIANBAN_SCORE:
        return {}
    sizes = {_key(row): Size(row.n, rules.threshold(row, audience), _in_total(row)) for row in table}
    few = {key for key, size in sizes.items() if size.n < size.least}
    closed = close(sizes, few | (before & sizes.keys()))
    return {key: TOO_FEW if key in few else COMPLEMENT for key in closed}


def _veiled(table: list[Row], rules: Rules, hidden: frozenset[Key]) -> set[tuple[str, ...]]:
    """Cells whose distribution stays inside though their value may go out."""
    sizes = {_key(row): Size(row.n, 0, _in_total(row)) for row in table}
    never = {_key(row) for row in table if rules.guards(row)} | hidden
    closed = close(sizes, never)
    return {row.cell for row in table if _key(row) in closed}


def _in_total(row: Row) -> bool:
    """Whether a row's answers are in the total: a group with too few, which has no value, is left out of it."""
    return row.value is not None or not row.group or bool(row.stratum or row.channel)


def _cell(row: Row, hidden: str | None, veiled: bool) -> Cell:
    identity = {name: getattr(row, name) for name in _IDENTITY}
    if hidden is None and veiled and row.measure == measures.SAT_RATE:
        hidden = DISTRIBUTION  # times n it is how many were content, and how many were not
    if hidden is not None:
        return Cell(**identity, hidden=hidden)
    if row.measure in _BY_SHEETS | _BY_PEERS:
        return Cell(**identity, hidden=None, n=row.n, value=row.value, **_origin(row))
    return Cell(
        **identity,
        hidden=None,
        n=row.n,
        dk=row.dk,
        counts=None if veiled else row.counts,
        value=row.value,
        spread=None if veiled else row.spread,
        se=None if veiled else row.se,  # times the root of n it is the spread
        **_origin(row),
    )


def _origin(row: Row) -> dict[str, Any]:
    return {
        "method": row.method,
        "params": row.params,
        "reason": row.reason,
        "input_digest": row.input_digest,
    }
