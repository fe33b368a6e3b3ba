"""The form of mutual evaluation: its words, values, weights and limits, frozen with the round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DONT_KNOW = "dk"


@dataclass(frozen=True, slots=True)
class Grade:
    """One word of the scale; value in points of 100, None where it leaves the mean alone."""

    code: str
    name_zh: str
    name_en: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is graded; weight in percent of the total."""

    code: str
    name_zh: str
    name_en: str
    help_zh: str
    help_en: str
    weight: int


@dataclass(frozen=True, slots=True)
class Target:
    """A unit as the round froze it."""

    code: str
    name_zh: str
    name_en: str
    category: str


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form. Limits are whole percents of the units that one unit grades, by grade code."""

    title_zh: str
    title_en: str
    scale: tuple[Grade, ...]
    items: tuple[Item, ...]
    block_percent: Mapping[str, int]
    warn_percent: Mapping[str, int]
    trim_percent: int
    longest_comment: int
    targets: tuple[Target, ...] = ()

    def others(self, rater: str) -> tuple[Target, ...]:
        """The units that `rater` grades: all but itself."""
        return tuple(target for target in self.targets if target.code != rater)

    def item(self, code: str) -> Item:
        """The item of a code; raises KeyError."""
        return {each.code: each for each in self.items}[code]

    def grade(self, code: str) -> Grade:
        """The grade of a code; raises KeyError."""
        return {each.code: each for each in self.scale}[code]

    def value_of(self, grade: str) -> int | None:
        """Points of a grade code; None for "don't know". Raises KeyError for a code that isn't in the scale."""
        return self.grade(grade).value


def form_from_rubrics(rubrics: Mapping[str, Any]) -> dict[str, Any]:
    """The `form` of a draft round's rules, from the `mutual_evaluation` part of a rubrics file.

    Shares become whole percents here, because a frozen document holds no binary fractions.
    """
    part = rubrics["mutual_evaluation"]
    limits, aggregation = part["limits_demo"], part["aggregation_demo"]
    return {
        "title_zh": part["title_zh"],
        "title_en": part["title_en"],
        "scale": [
            {"code": each["code"], "zh": each["zh"], "en": each["en"], "value": each["value"]}
            for each in part["scale"]
        ],
        "items": [
            {key: each[key] for key in ("code", "zh", "en", "help_zh", "help_en", "weight")} for each in part["items"]
        ],
        "block_percent": {"A": round(limits["max_share_A"] * 100), "D": round(limits["max_share_D"] * 100)},
        "warn_percent": {DONT_KNOW: round(limits["max_share_dk"] * 100)},
        "trim_percent": aggregation["trim_each_side_percent"],
        "longest_comment": part["optional"][0]["max_length"],
    }


def read_form(plain: Mapping[str, Any]) -> Form:
    """A form from its plain values: a draft's rules, or a frozen instrument. Raises KeyError where a part lacks."""
    return Form(
        title_zh=plain["title_zh"],
        title_en=plain["title_en"],
        scale=tuple(Grade(each["code"], each["zh"], each["en"], each["value"]) for each in plain["scale"]),
        items=tuple(
            Item(each["code"], each["zh"], each["en"], each["help_zh"], each["help_en"], each["weight"])
            for each in plain["items"]
        ),
        block_percent=plain["block_percent"],
        warn_percent=plain["warn_percent"],
        trim_percent=plain["trim_percent"],
        longest_comment=plain["longest_comment"],
        targets=tuple(
            Target(each["code"], each["zh"], each["en"], each["category"]) for each in plain.get("units", ())
        ),
    )
