"""A score's arithmetic as a line that a reader can follow with a calculator."""

from decimal import Decimal

import pytest

from scoring.explain import Part
from scoring.points import ABSENT
from webapp.words.standings import RULES, formula

D = Decimal


def part(
    rule: str, value: str | None, facts: dict | None = None, children: tuple[Part, ...] = (), most: str = "12"
) -> Part:
    points = None if value is None else D(value)
    return Part("X", 2, "", "", "", D(most), points, rule, facts or {}, children)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (part("survey", "6.554", {"mean": "81.929"}, most="8"), "6.554 = 8 × 81.929 ÷ 100"),
        (part("information", "2.400", {"mean": "80.000"}, most="3"), "2.4 = 3 × 80.000 ÷ 100"),
        (
            part("panel_and_lead", "11.137", {"panel": "92.000", "lead": "94.000", "panel_share": "0.600"}),
            "11.137 = 12 × (0.6 × 92.000 + 0.4 × 94.000) ÷ 100",
        ),
        (part("panel_alone", "11.227", {"panel": "93.556"}), "11.227 = 12 × 93.556 ÷ 100"),
        (
            part("survey", "6.400", {"mean": "82.000", "peers": "74.000", "peer_share": "0.250"}, most="8"),
            "6.4 = 8 × (0.250 × 74.000 + 0.750 × 82.000) ÷ 100",
        ),
        (
            part("rescaled", "18.750", {"reached": "13.125", "possible": "14.000"}, most="20"),
            "18.750 = 13.125 × 20 ÷ 14",
        ),
        (part("sum", "3.500", children=(part("entered", "1.500"), part("entered", "2.000"))), "3.5 = 1.5 + 2"),
        (part("entered", "2.000"), ""),
        (part("no_entry", "0.000"), ""),
        (part("missing", None), ""),
    ],
)
def test_a_part_is_written_as_its_arithmetic(given, line):
    assert formula(given) == line


def test_every_rule_of_the_arithmetic_has_a_sentence():
    assert RULES.keys() >= ABSENT | {"heading", "not_applicable", "no_entry", "own_row_mean", "own_row_substitute"}
