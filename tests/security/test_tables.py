"""A table from a stranger costs a bounded process at most, and never breaks the page that answers it."""

import io

import pytest
import xlsxwriter

from tests.scoring.years import small_year
from tests.webapp.lead.sheets import workbook
from units.files.errors import FilePacksTooMuch
from units.files.tables import read_table


def scattered():
    """Five kilobytes with one cell in the first corner of a sheet and one in the last."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "here")
        sheet.write(1_048_575, 16_383, "there")
    return out.getvalue()


def test_two_cells_at_both_ends_of_a_sheet_are_refused_and_the_server_lives_on():
    with pytest.raises(FilePacksTooMuch):
        read_table("table.xlsx", scattered())


def test_a_number_of_four_hundred_digits_is_marked_red_like_any_other_wrong_cell(app, sign_in):
    with app.extensions["pingyi"].sessions.begin() as session:
        small_year(session)
    client = sign_in("lead-fzb")
    rows = [["单位代码", "单位名称", "LAW_1（满分18）", "LAW_2（满分12）", "扣分理由", "依据（文号）"]]
    rows += [["U001", "", "9" * 400, "12", "", ""]]
    sent = {"file": (io.BytesIO(workbook(rows)), "table.xlsx")}
    refused = client.post("/lead/entries", data=sent, content_type="multipart/form-data")
    assert refused.status_code == 422
    address = refused.text.partition('href="/lead/marked/')[2].partition('"')[0]
    assert client.get(f"/lead/marked/{address}").status_code == 200
