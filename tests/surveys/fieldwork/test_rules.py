from decimal import Decimal

import pytest

from surveys.fieldwork.errors import RulesFaulty
from surveys.fieldwork.rules import read_rules


def test_what_the_rules_leave_out_keeps_its_default():
    rules = read_rules({"weights": {"G1": "12.5", "G2": 10}, "merges": [["G1", "G2"]]})
    assert rules.weights == {"G1": Decimal("12.5"), "G2": Decimal(10)}
    assert (rules.merges, rules.min_raters, rules.fast_seconds, rules.slow_minutes) == ((("G1", "G2"),), 10, 1, 60)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"weights": {"G1": "ten"}}, "weights"),
        ({"weights": {"G1": 0}}, "weights"),
        ({"weights": {"G1": "1.0001"}}, "weights"),
        ({"weights": {"G1": "NaN"}}, "weights"),
        ({"weights": {"G1": "Infinity"}}, "weights"),
        ({"weights": [1]}, "weights"),
        ({"points": {"SAT_PUBLIC_1": -1}}, "points"),
        ({"weights": {"G1": 1}, "merges": [["G1", "G9"]]}, "merges"),
        ({"weights": {"G1": 1, "G2": 1}, "merges": [["G1", "G2"], ["G2", "G1"]]}, "merges"),
        ({"min_raters": 0}, "min_raters"),
        ({"min_raters": "10"}, "min_raters"),
    ],
)
def test_rules_that_cannot_be_read_are_named(data, key):
    with pytest.raises(RulesFaulty) as refused:
        read_rules(data)
    assert refused.value.key == key
