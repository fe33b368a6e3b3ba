"""Competition ranks on the kept decimals."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from scoring.ranks import competition_ranks

totals = st.dictionaries(
    st.text("ABCDEFGH", min_size=1, max_size=3), st.decimals(0, 110, places=3, allow_nan=False), max_size=40
)


def test_equal_totals_share_the_better_rank_and_the_next_is_left_out():
    ranks = competition_ranks({"A": Decimal("90"), "B": Decimal("88.5"), "C": Decimal("88.500"), "D": Decimal("70")})
    assert ranks == {"A": 1, "B": 2, "C": 2, "D": 4}


def test_a_thousandth_parts_two_units():
    assert competition_ranks({"A": Decimal("88.437"), "B": Decimal("88.436")}) == {"A": 1, "B": 2}


@given(totals)
def test_a_rank_is_one_more_than_the_number_of_units_above(given_totals):
    ranks = competition_ranks(given_totals)
    assert ranks == {
        name: 1 + sum(other > total for other in given_totals.values()) for name, total in given_totals.items()
    }


@given(totals)
def test_the_order_in_which_units_are_given_changes_no_rank(given_totals):
    backwards = dict(reversed(given_totals.items()))
    assert competition_ranks(backwards) == competition_ranks(given_totals)
