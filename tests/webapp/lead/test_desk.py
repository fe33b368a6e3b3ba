"""The lead desk: template, upload, head, paper, correction, print; for its own lead alone."""

from io import BytesIO

import openpyxl
import pytest

from accounts.making import Role
from scoring.entries import file_of, files_of
from scoring.lead_desk import lead_desk
from tests.factories import make_account_for
from tests.scoring.years import confirmed, small_year
from tests.statements import statements
from tests.webapp.lead.sheets import PNG, workbook
from units.years import year_of


@pytest.fixture
def house(app):
    """The application's databases, holding the small year; Bianban's officer beside the lead's own people."""
    with app.extensions["pingyi"].sessions.begin() as session:
        small_year(session)
        make_account_for(session, "lead-bb", Role("lead", "officer", "BB"))
    return app.extensions["pingyi"]


@pytest.fixture
def read(house):
    """Ask something of the database as it is now: read(lambda session, year: …)."""

    def ask(question):
        with house.sessions() as session:
            return question(session, year_of(session))

    return ask


def upload(client, rows):
    data = {"file": (BytesIO(workbook(rows)), "计分.xlsx")}
    return client.post("/lead/entries", data=data, content_type="multipart/form-data")


def template_rows(client):
    book = openpyxl.load_workbook(BytesIO(client.get("/lead/template").data))
    return [list(row) for row in book.active.values]


def filled(client, **cells):
    """The template with full marks, but with these cells changed: filled(client, C2=17)."""
    rows = [[value if value is not None else "" for value in row] for row in template_rows(client)]
    for row in rows[1:]:
        row[2:4] = [18 if row[2] == "" else row[2], 12 if row[3] == "" else row[3]]
    for address, value in cells.items():
        rows[int(address[1:]) - 1]["ABCDEFGH".index(address[0])] = value
    return rows


def test_the_template_holds_a_row_a_unit_a_column_an_item_and_a_dash_on_the_own_row(house, sign_in):
    rows = template_rows(sign_in("lead-fzb"))
    assert rows[0] == ["单位代码", "单位名称", "LAW_1（满分18）", "LAW_2（满分12）", "扣分理由", "依据（文号）"]
    assert [row[0] for row in rows[1:]] == ["U001", "U002", "U003"]
    assert rows[3][2:4] == ["—", "—"]


def test_a_filled_in_template_is_a_draft_and_the_next_template_holds_it(house, sign_in, read):
    client = sign_in("lead-fzb")
    answer = upload(client, filled(client, C2=17.5, E2="制度滞后", F2="3号"))
    assert (answer.status_code, answer.location) == (303, "/lead/")
    assert read(lambda session, year: file_of(session, year, "FZB").version) == 1
    assert template_rows(client)[1] == ["U001", "市U001局", 17.5, 12, "制度滞后", "3号"]


def test_a_table_with_wrong_cells_is_refused_whole_with_all_addresses(house, sign_in, read):
    client = sign_in("lead-fzb")
    answer = upload(client, filled(client, C2=19, C3=17, D3="不知道"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for address in ("C2", "D3", "E3", "F3"):
        assert f'id="{address}"' in page
    assert "导入未通过：4处需更正（数据未写入）" in page
    assert read(lambda session, year: files_of(session, year)) == []


def test_the_refused_table_comes_back_with_its_wrong_cells_red_and_to_its_own_lead_alone(house, sign_in):
    client = sign_in("lead-fzb")
    page = upload(client, filled(client, C2=19)).get_data(as_text=True)
    link = page.split('href="/lead/marked/')[1].split('"')[0]
    book = openpyxl.load_workbook(BytesIO(client.get(f"/lead/marked/{link}").data))
    red = [cell.coordinate for row in book.active for cell in row if cell.fill.fgColor.rgb == "FFFDECE9"]
    assert red == ["C2"]
    assert "19" in book.active["C2"].comment.text
    assert client.get(f"/lead/marked/{link[:-2]}xx").status_code == 404
    assert sign_in("lead-bb").get(f"/lead/marked/{link}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [("", b""), ("x.xlsx", b""), ("x.xlsx", b"PK\x03\x04rubbish"), ("x.png", PNG), ("x.xls", b"x")],
)
def test_what_is_no_workbook_is_refused_with_a_sentence_and_no_fault(house, sign_in, name, content):
    client = sign_in("lead-fzb")
    answer = client.post("/lead/entries", data={"file": (BytesIO(content), name)}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.get_data(as_text=True)


def test_a_formula_is_never_computed(house, sign_in, read):
    client = sign_in("lead-fzb")
    assert upload(client, filled(client, C2="=9+9")).status_code == 422
    assert read(lambda session, year: files_of(session, year)) == []


def test_officer_sends_head_confirms_and_each_only_what_is_theirs(house, sign_in, read):
    officer = sign_in("lead-fzb")
    upload(officer, filled(officer))
    assert officer.post("/lead/confirm").status_code == 403
    assert officer.post("/lead/send").status_code == 303
    head = sign_in("lead-fzb-head")
    assert head.post("/lead/send").status_code == 403
    assert "等待您确认" in head.get("/lead/").get_data(as_text=True)
    assert head.post("/lead/confirm").status_code == 303
    assert read(lambda session, year: file_of(session, year, "FZB").state) == "confirmed"
    assert head.post("/lead/confirm").status_code == 409


def test_the_head_gives_back_with_a_reason(house, sign_in, read):
    officer = sign_in("lead-fzb")
    upload(officer, filled(officer))
    officer.post("/lead/send")
    head = sign_in("lead-fzb-head")
    assert head.post("/lead/return", data={"why": ""}).status_code == 422
    assert head.post("/lead/return", data={"why": "请核对"}).status_code == 303
    assert read(lambda session, year: file_of(session, year, "FZB").state) == "draft"


def test_a_signed_form_confirms_with_its_scan_and_its_signer(house, sign_in, read):
    client = sign_in("lead-fzb")
    upload(client, filled(client))

    def attach(name, content, signed_by="王建平"):
        data = {"scan": (BytesIO(content), name), "signed_by": signed_by}
        return client.post("/lead/paper", data=data, content_type="multipart/form-data").status_code

    assert attach("", b"") == 422
    assert attach("scan.html", b"<script>") == 422
    assert attach("scan.png", PNG, signed_by="") == 422
    assert attach("scan.png", PNG) == 303
    file = read(lambda session, year: file_of(session, year, "FZB"))
    assert (file.state, file.confirmed_by, file.way) == ("confirmed", "王建平", "paper")
    assert house.storage.get(file.scan) == PNG
    assert "扫描件" in client.get("/lead/").get_data(as_text=True)


def test_a_correction_keeps_both_versions_and_waits_for_the_head(house, sign_in, read):
    with house.sessions.begin() as session:
        confirmed(session, year_of(session), LAW_1_U001="17")
    client = sign_in("lead-fzb")
    cell = {"unit": "U001", "item": "LAW_1", "points": "17.5", "reason": "部分整改", "basis": "5号"}
    assert client.post("/lead/correction", data={**cell, "why": ""}).status_code == 422
    assert client.post("/lead/correction", data={**cell, "points": "99", "why": "x"}).status_code == 422
    assert client.post("/lead/correction", data={**cell, "basis": "", "why": "x"}).status_code == 422
    assert client.post("/lead/correction", data={**cell, "unit": "U003", "why": "x"}).status_code == 422
    for points in ("NaN", "sNaN", "Infinity", "1e9", "-1", "", "１７", "²", "9" * 40):
        assert client.post("/lead/correction", data={**cell, "points": points, "why": "x"}).status_code == 422
    assert client.post("/lead/correction", data={**cell, "why": "复核"}).status_code == 303
    versions = read(lambda session, year: [(file.version, file.state) for file in files_of(session, year, "FZB")])
    assert versions == [(2, "draft"), (1, "confirmed")]


def test_the_printed_form_has_deductions_digest_and_places_to_sign(house, sign_in, read):
    with house.sessions.begin() as session:
        confirmed(session, year_of(session), LAW_1_U001="17")
    page = sign_in("lead-fzb").get("/lead/print").get_data(as_text=True)
    digest = read(lambda session, year: file_of(session, year, "FZB").digest)
    assert digest[:32] in page
    assert "制度建设滞后" in page
    assert "分管领导签字" in page


def test_a_lead_that_enters_nothing_is_told_so(house, sign_in):
    client = sign_in("lead-bb")
    assert "评审表" in client.get("/lead/").get_data(as_text=True)
    for page in ("/lead/entries", "/lead/print", "/lead/correction", "/lead/template"):
        assert client.get(page).status_code == 200


def test_a_substitute_is_told_for_which_unit_alone_it_scores(house, sign_in):
    with house.sessions.begin() as session:
        year = year_of(session)
        year.rules = year.rules | {"own_rows": {"FZB": "substitute:BB"}}
    client = sign_in("lead-bb")
    assert "仅市U003局" in client.get("/lead/").get_data(as_text=True)
    rows = template_rows(client)
    assert [row[2:4] for row in rows[1:]] == [["—", "—"], ["—", "—"], [None, None]]
    answer = upload(client, [[value or "" for value in row] for row in rows[:3]] + [["U003", "", 18, 12]])
    assert answer.status_code == 303
    own = sign_in("lead-fzb").get("/lead/").get_data(as_text=True)
    assert "LAW_1" in own


def test_versions_that_are_not_there_are_not_found(house, sign_in):
    client = sign_in("lead-fzb")
    assert client.get("/lead/entries?version=7").status_code == 404
    assert client.get("/lead/entries?version=²").status_code == 200


@pytest.mark.parametrize("address", ["/lead/", "/lead/entries", "/lead/print"])
def test_a_page_costs_the_same_statements_for_three_units_and_for_thirty(app, house, sign_in, address):
    from tests.factories import make_unit

    client = sign_in("lead-fzb")
    upload(client, filled(client))
    counts = []
    for more in (0, 27):
        with house.sessions.begin() as session:
            for number in range(more):
                make_unit(session, year_of(session), f"U{number + 50:03}")
        client.get(address)  # what a process asks once only is asked here
        with statements(app) as sent:
            assert client.get(address).status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 12


def test_the_desk_reads_one_version_or_the_newest(house, read):
    with house.sessions.begin() as session:
        confirmed(session, year_of(session), LAW_1_U001="17")
        confirmed(session, year_of(session))
    assert read(lambda session, year: lead_desk(session, year, "FZB").deductions) == 0
    assert read(lambda session, year: lead_desk(session, year, "FZB", version=1).deductions) == 1
