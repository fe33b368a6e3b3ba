"""From tallies and entries to points: the whole arithmetic of one unit. Pure; decimals of three places throughout.

Rule: docs/rules.md, "From tally to points". A parent is computed from the stored values of its children.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from database.columns import three_places
from scoring.tree import PANEL, SURVEY, Node
from tallies.measures import BIANBAN_SCORE, ITEM, PANEL_SCORE, PEER_SCORE, SAT_SCORE

HUNDRED = Decimal(100)
CATEGORY_MEAN, UNRANKED, SUBSTITUTE = "category_mean", "unranked", "substitute"
RESCALED, FULL_MARKS = "rescaled", "full_marks"


@dataclass(frozen=True)
class PointRules:
    """What a year may set. Shares lie between 0 and 1.

    panel_share: of the panel in a panel leaf, the lead's sheet has the rest. peer_shares: of the mutual evaluation in
    a level-2 indicator. needs_entry: panel leaves worth nothing without a published entry. own_rows: lead -> what
    stands in for its score of itself: "category_mean", "unranked" or "substitute" (`substitutes` names which lead).
    not_applicable: "rescaled", "category_mean" or "full_marks".
    """

    panel_share: Decimal = Decimal("0.6")
    peer_shares: Mapping[str, Decimal] = field(default_factory=dict)
    needs_entry: frozenset[str] = frozenset({"INN_REFORM"})
    own_rows: Mapping[str, str] = field(default_factory=dict)
    substitutes: Mapping[str, str] = field(default_factory=dict)
    not_applicable: str = RESCALED
    cap_bonus: Decimal = Decimal(10)
    cap_deduction: Decimal = Decimal(10)

    @classmethod
    def of(cls, year_rules: Mapping[str, Any]) -> "PointRules":
        """The rules as a year states them (decimals as text); what it leaves out keeps its default."""
        own = {lead: str(rule) for lead, rule in year_rules.get("own_rows", {}).items()}
        return cls(
            panel_share=Decimal(year_rules.get("panel_share", "0.6")),
            peer_shares={code: Decimal(share) for code, share in year_rules.get("peer_shares", {}).items()},
            needs_entry=frozenset(year_rules.get("needs_entry", ["INN_REFORM"])),
            own_rows={lead: rule.partition(":")[0] for lead, rule in own.items()},
            substitutes={lead: rule.partition(":")[2] for lead, rule in own.items() if ":" in rule},
            not_applicable=str(year_rules.get("not_applicable", RESCALED)),
            cap_bonus=Decimal(year_rules.get("cap_bonus", "10")),
            cap_deduction=Decimal(year_rules.get("cap_deduction", "10")),
        )


@dataclass(frozen=True)
class Evidence:
    """All that the points of one year rest on.

    entries: (level-3 code, unit) -> points. values: (measure, object, unit) -> 0 to 100, counted, over all groups.
    not_applicable: (leaf, unit). innovators: units with a published entry. lead_units: lead -> its own unit.
    categories: unit -> category, every assessed unit.
    """

    entries: Mapping[tuple[str, str], Decimal]
    values: Mapping[tuple[str, str, str], Decimal]
    not_applicable: frozenset[tuple[str, str]]
    innovators: frozenset[str]
    lead_units: Mapping[str, str]
    categories: Mapping[str, str]
    rules: PointRules = field(default_factory=PointRules)


@dataclass(frozen=True, slots=True)
class Scored:
    """The points of one unit on one indicator. value: None where something is missing, or where the indicator is only
    a heading or doesn't apply. rule: which rule made it. facts: the numbers that went in, decimals as text."""

    code: str
    value: Decimal | None
    rule: str
    facts: Mapping[str, Any] = field(default_factory=dict)


_MISSING, _NOT_APPLICABLE, _HEADING = "missing", "not_applicable", "heading"
ABSENT = frozenset({_MISSING, "own_row_unranked"})
"""Rules of a node that has no points because something is not there."""


def score_unit(tree: Node, unit: str, evidence: Evidence) -> dict[str, Scored]:
    """The points of one unit on every indicator of the tree, the root included, by code."""
    scored: dict[str, Scored] = {}
    _score(tree, unit, evidence, scored)
    return scored


def _score(node: Node, unit: str, evidence: Evidence, scored: dict[str, Scored]) -> Scored:
    if node.source in (PANEL, SURVEY):
        for child in node.children:
            scored[child.code] = _information(node, child, unit, evidence)
        result = _leaf(node, unit, evidence)
    elif node.level == 3:
        result = _leaf(node, unit, evidence)
    else:
        result = _sum(node, [_score(child, unit, evidence, scored) for child in node.children])
    scored[node.code] = result
    return result


def _sum(node: Node, parts: Sequence[Scored]) -> Scored:
    """A parent from its children's stored values; what doesn't apply leaves its points to the others."""
    applying = [
        (child, part) for child, part in zip(node.children, parts, strict=True) if part.rule != _NOT_APPLICABLE
    ]
    if not applying:
        return Scored(node.code, None, _NOT_APPLICABLE)
    got = [part.value for _, part in applying if part.value is not None]
    if len(got) < len(applying):
        absent = [child.code for child, part in applying if part.value is None]
        return Scored(node.code, None, _MISSING, {"missing": absent})
    reached = sum(got, Decimal(0))
    possible = sum((child.points for child, _ in applying), Decimal(0))
    if possible == node.points:
        return Scored(node.code, three_places(reached), "sum")
    facts = {"reached": f"{reached:.3f}", "possible": f"{possible:.3f}"}
    return Scored(node.code, three_places(reached * node.points / possible), RESCALED, facts)


def _leaf(node: Node, unit: str, evidence: Evidence) -> Scored:
    if (node.code, unit) not in evidence.not_applicable:
        return _applying(node, unit, evidence)
    if evidence.rules.not_applicable == FULL_MARKS:
        return Scored(node.code, three_places(node.points), FULL_MARKS)
    if evidence.rules.not_applicable == CATEGORY_MEAN:
        return _category_mean(node, unit, evidence, "not_applicable_mean")
    return Scored(node.code, None, _NOT_APPLICABLE)


def _applying(node: Node, unit: str, evidence: Evidence) -> Scored:
    if node.level < 3:
        return _measured(node, unit, evidence)
    rules = evidence.rules
    if evidence.lead_units.get(node.lead) != unit:
        return _entered(node, unit, evidence, "entered")
    rule = rules.own_rows.get(node.lead, CATEGORY_MEAN)
    if rule == SUBSTITUTE:
        return _entered(node, unit, evidence, "own_row_substitute")
    if rule == UNRANKED:
        return Scored(node.code, None, "own_row_unranked")
    return _category_mean(node, unit, evidence, "own_row_mean")


def _entered(node: Node, unit: str, evidence: Evidence, rule: str) -> Scored:
    points = evidence.entries.get((node.code, unit))
    return Scored(node.code, None, _MISSING) if points is None else Scored(node.code, three_places(points), rule)


def _measured(node: Node, unit: str, evidence: Evidence) -> Scored:
    """A survey or panel leaf, with the mutual evaluation's share where the year sets one."""
    if node.source == PANEL and node.code in evidence.rules.needs_entry and unit not in evidence.innovators:
        return Scored(node.code, three_places(Decimal(0)), "no_entry")
    own = _survey(node, unit, evidence) if node.source == SURVEY else _panel(node, unit, evidence)
    share = evidence.rules.peer_shares.get(node.code, Decimal(0))
    if own is None:
        return Scored(node.code, None, _MISSING)
    rule, mean, facts = own
    if share:
        peers = evidence.values.get((PEER_SCORE, "", unit))
        if peers is None:
            return Scored(node.code, None, _MISSING)
        mean = share * peers + (1 - share) * mean
        facts = facts | {"peers": f"{peers:.3f}", "peer_share": f"{share:.3f}"}
    return Scored(node.code, three_places(node.points * mean / HUNDRED), rule, facts)


Measured = tuple[str, Decimal, dict[str, str]]


def _survey(node: Node, unit: str, evidence: Evidence) -> Measured | None:
    mean = evidence.values.get((SAT_SCORE, node.code, unit))
    return None if mean is None else ("survey", mean, {"mean": f"{mean:.3f}"})


def _panel(node: Node, unit: str, evidence: Evidence) -> Measured | None:
    panel = evidence.values.get((PANEL_SCORE, node.code, unit))
    if panel is None:
        return None
    if evidence.lead_units.get(node.lead) == unit:
        return "panel_alone", panel, {"panel": f"{panel:.3f}"}
    sheet = evidence.values.get((BIANBAN_SCORE, node.code, unit))
    if sheet is None:
        return None
    share = evidence.rules.panel_share
    facts = {"panel": f"{panel:.3f}", "lead": f"{sheet:.3f}", "panel_share": f"{share:.3f}"}
    return "panel_and_lead", share * panel + (1 - share) * sheet, facts


def _information(parent: Node, child: Node, unit: str, evidence: Evidence) -> Scored:
    """A level-3 item below a leaf that is scored at level 2: a figure for information, or a heading."""
    mean = evidence.values.get((ITEM, child.code, unit)) if parent.source == SURVEY else None
    if mean is None:
        return Scored(child.code, None, _HEADING)
    return Scored(child.code, three_places(child.points * mean / HUNDRED), "information", {"mean": f"{mean:.3f}"})


def _category_mean(node: Node, unit: str, evidence: Evidence, rule: str) -> Scored:
    """The mean of the other units of the category that have points of their own on this leaf."""
    values = [
        scored.value
        for other, category in evidence.categories.items()
        if other != unit
        and category == evidence.categories[unit]
        and (node.code, other) not in evidence.not_applicable
        and (node.level < 3 or evidence.lead_units.get(node.lead) != other)
        and (scored := _applying(node, other, evidence)).value is not None
    ]
    present = [value for value in values if value is not None]
    if not present:
        return Scored(node.code, None, _MISSING)
    mean = three_places(sum(present, Decimal(0)) / len(present))
    return Scored(node.code, mean, rule, {"units": str(len(present))})


@dataclass(frozen=True, slots=True)
class Special:
    """One approved addition or deduction of a unit, and how much of it counts."""

    item: str
    direction: str
    points: Decimal
    matter: str
    most: Decimal


@dataclass(frozen=True, slots=True)
class SpecialTotal:
    """What the special items of one unit come to, in one direction.

    counted: at most the cap. uncapped: before the year's cap, each matter once and each item at most its own.
    repeated: places, in what was given, of entries left out because their matter counts elsewhere.
    """

    counted: Decimal
    uncapped: Decimal
    repeated: frozenset[int]


def special_total(entries: Iterable[Special], direction: str, cap: Decimal) -> SpecialTotal:
    """Add up one direction: one matter once, at its highest; each item at most its own; all at most the cap.

    Rule: docs/rules.md, "Special items".
    """
    best: dict[str, int] = {}
    given = list(entries)
    mine = [place for place, entry in enumerate(given) if entry.direction == direction]
    for place in mine:
        matter = " ".join(given[place].matter.split()).casefold()
        if matter not in best or given[place].points > given[best[matter]].points:
            best[matter] = place
    kept = frozenset(best.values())
    items: dict[str, Decimal] = {}
    for place in sorted(kept):
        entry = given[place]
        items[entry.item] = min(items.get(entry.item, Decimal(0)) + entry.points, entry.most)
    uncapped = three_places(sum(items.values(), Decimal(0)))
    return SpecialTotal(three_places(min(uncapped, cap)), uncapped, frozenset(mine) - kept)
