"""The rules of a round's count as its freeze fixes them, read from plain data."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from surveys.fieldwork.errors import RulesFaulty

LEAST_RATERS = 10


@dataclass(frozen=True, slots=True)
class SurveyRules:
    """How answers become figures.

    weights: group code -> weight, in the order of the list; empty: all counted answers are one group.
    merges: groups that are pooled for a unit before one of them is dropped, tried in this order.
    points: level-3 indicator -> points, by which dimension items weigh in a respondent's mean.
    min_raters: fewest valid ratings on which a group's mean is used.
    fast_seconds: seconds a grade below which a form was too fast; slow_minutes: minutes from which it was slow.
    Source: docs/rules.md, "Surveys".
    """

    weights: Mapping[str, Decimal]
    merges: tuple[tuple[str, ...], ...]
    points: Mapping[str, Decimal]
    min_raters: int = LEAST_RATERS
    fast_seconds: int = 1
    slow_minutes: int = 60


def read_rules(data: Mapping[str, Any]) -> SurveyRules:
    """Read `round.rules`.

    data: {"weights": {group: number}, "merges": [[group, …], …], "points": {indicator: number}, "min_raters": 10,
    "fast_seconds": 1, "slow_minutes": 60}; the last three may be left out. Numbers may be text.
    Raises RulesFaulty naming the first key that can't be read.
    """
    weights = _numbers(data, "weights")
    merges = tuple(tuple(str(code) for code in merge) for merge in data.get("merges", ()))
    named = [code for merge in merges for code in merge]
    if len(set(named)) != len(named) or not set(named) <= weights.keys():
        raise RulesFaulty("merges")
    return SurveyRules(
        weights=weights,
        merges=merges,
        points=_numbers(data, "points"),
        min_raters=_whole(data, "min_raters", LEAST_RATERS, 1),
        fast_seconds=_whole(data, "fast_seconds", 1, 0),
        slow_minutes=_whole(data, "slow_minutes", 60, 1),
    )


def _numbers(data: Mapping[str, Any], key: str) -> dict[str, Decimal]:
    try:
        found = {str(code): Decimal(str(number)) for code, number in data.get(key, {}).items()}
    except (InvalidOperation, AttributeError) as error:
        raise RulesFaulty(key) from error
    # Three places, so that the rules can be spelt in digests; above 0, so that a weighted mean exists.
    if any(not number.is_finite() or number <= 0 or number != round(number, 3) for number in found.values()):
        raise RulesFaulty(key)
    return found


def _whole(data: Mapping[str, Any], key: str, default: int, least: int) -> int:
    found = data.get(key, default)
    if not isinstance(found, int) or found < least:
        raise RulesFaulty(key)
    return found
