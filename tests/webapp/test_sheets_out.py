"""Files that leave open safely and keep their numbers."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest

from webapp.sheets_out import Table, as_csv, as_xlsx, neutral

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1+1", "\u3000=1+1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_a_program_would_run_is_prefixed(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "市教育局", "a=b", "1-2", " 市教育局"])
def test_other_text_stays_as_it_is(text):
    assert neutral(text) == text


def table(*rows):
    return Table("结果", ["单位", "分"], rows)


def test_csv_begins_with_the_mark_of_its_encoding_and_reads_back():
    raw = as_csv(table(("市教育局", Decimal("88.510")), ("=1+1", None)))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(StringIO(raw.decode("utf-8-sig")))) == [
        ["单位", "分"],
        ["市教育局", "88.510"],
        ["'=1+1", ""],
    ]


def test_the_demonstrations_mark_stands_in_the_first_row_and_moves_nothing():
    raw = as_csv(table(("市教育局", 1)), mark="演示数据")
    assert raw.decode("utf-8-sig").splitlines() == ["单位,分,演示数据", "市教育局,1"]
    book = openpyxl.load_workbook(BytesIO(as_xlsx([table(("市教育局", 1))], mark="演示数据")))
    assert list(book.active.values) == [("单位", "分", "演示数据"), ("市教育局", 1, None)]


def test_xlsx_keeps_numbers_as_numbers_and_text_as_text():
    rows = [(text, Decimal("88.51")) for text in [*HOSTILE[:4], "http://example.org", "0123", "市教育局"]]
    sheet = openpyxl.load_workbook(BytesIO(as_xlsx([table(*rows)]))).active
    cells = list(sheet.iter_rows(min_row=2))
    assert {left.data_type for left, _ in cells} == {"s"}
    assert {left.hyperlink for left, _ in cells} == {None}
    assert {(right.data_type, right.value) for _, right in cells} == {("n", 88.51)}


def test_a_tabs_name_is_one_that_programs_accept():
    book = openpyxl.load_workbook(BytesIO(as_xlsx([Table("a/b:c" + "长" * 40, ["x"], [])])))
    assert book.sheetnames == ["a_b_c" + "长" * 26]
