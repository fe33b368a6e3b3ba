"""The distribution of leaders' and delegates' answers follows from no figure that is shown in its place."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from sqlalchemy import select

from rounds.round import Round
from tallies.disclosure import Rules, disclose
from tallies.rows import Row, write_tally
from tests.factories import NOW
from tests.webapp.office.test_exports import counted, export, house
from units.year import Showing

__all__ = ["counted", "house"]


def row(measure="sat_score", n=11, **where):
    given = {"measure": measure, "unit_code": "U001", "object": "SAT_PUBLIC", "n": n, **where}
    figures = {"value": Decimal("72.727"), "spread": Decimal("10.123"), "se": Decimal("3.052")}
    return Row(**given, **figures, counts=(8, 3), method="mean", input_digest="0" * 64)


GUARDED = pytest.mark.parametrize("where", [{"group": "G1_PARTY_DEL"}, {"object": "SAT_LEADER"}])


@GUARDED
def test_the_standard_error_of_a_guarded_cell_is_hidden_for_times_the_root_of_n_it_is_the_spread(where):
    [cell] = disclose([row(**where)], "internal", Rules())
    assert (cell.value, cell.spread, cell.se) == (Decimal("72.727"), None, None)


@GUARDED
def test_the_rate_of_a_guarded_cell_is_hidden_for_times_n_it_is_how_many_were_not_content(where):
    [cell] = disclose([row("sat_rate", **where)], "internal", Rules())
    assert (cell.hidden, cell.value, cell.n) == ("distribution", None, None)


def test_the_rate_of_one_guarded_group_follows_from_no_total_and_no_other_group():
    groups = [row("sat_rate", group=group, n=n) for group, n in (("G1_PARTY_DEL", 11), ("A", 20), ("B", 30))]
    cells = disclose([row("sat_rate", n=61), *groups], "internal", Rules())
    hidden = [cell.group for cell in cells if cell.hidden]
    assert "G1_PARTY_DEL" in hidden and len(hidden) >= 2


def test_an_export_holds_no_distribution_where_the_years_table_shows_none(counted, house):
    with house.sessions.begin() as session:
        for showing in session.query(Showing).filter_by(item="distributions", audience="office"):
            showing.shown = False
        write_tally(session, session.scalars(select(Round.id)).one(), [row(n=60)], salt=b"", now=NOW)
    rows = list(csv.reader(StringIO(export(counted, "csv").data.decode("utf-8-sig"))))
    assert len(rows) > 1
    assert {(line[10], line[12], line[13]) for line in rows[1:]} == {("", "", "")}
