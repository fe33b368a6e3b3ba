"""Results on the office's desk: computed by one, approved by another, shown as far as the year's table lets."""

import csv
import json
from io import BytesIO, StringIO

import openpyxl
import pytest

from accounts.making import Role
from scoring.standings import standings_of
from tests.factories import make_account_for, make_unit
from tests.scoring.years import count_round, played, tally_row
from tests.statements import statements
from units.visibility import default_showings
from units.years import year_of


@pytest.fixture
def house(app):
    """The application's databases, holding the small year with everything counted."""
    with app.extensions["pingyi"].sessions.begin() as session:
        year = played(session)
        session.add_all(default_showings(year.id))
        make_account_for(session, "office-check", Role("office", "check"))
    return app.extensions["pingyi"]


@pytest.fixture
def read(house):
    """Ask something of the database as it is now: read(lambda session, year: …)."""

    def ask(question):
        with house.sessions() as session:
            return question(session, year_of(session))

    return ask


@pytest.fixture
def computed(house, sign_in):
    """The office's maker has computed the standings."""
    assert sign_in("office").post("/office/standings/compute").status_code == 303
    return house


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


PAGE = "/office/standings?category=gov_service"


def test_before_the_first_computation_the_page_says_so_and_offers_it(house, sign_in):
    page = text(sign_in("office"), "/office/standings")
    assert "尚未汇总" in page
    assert "/office/standings/compute" in page
    assert "/office/standings/compute" not in text(sign_in("office-check"), "/office/standings")
    assert sign_in("office").get("/office/standings/U001").status_code == 404
    assert sign_in("office").get("/office/standings/export/xlsx").status_code == 404


def test_computing_twice_makes_one_version(computed, sign_in, read):
    sign_in("office").post("/office/standings/compute")
    assert read(lambda session, year: standings_of(session, year).version) == 1


def test_whoever_approves_sees_totals_and_ranks_before_the_approval_and_the_maker_does_not(computed, sign_in):
    approver, maker = text(sign_in("office-approve"), PAGE), text(sign_in("office"), PAGE)
    assert "90.02" in approver and "名次" in approver
    assert "90.02" not in maker
    assert "审定前" in maker


def test_a_second_person_approves_and_the_decision_is_shown(computed, sign_in, read):
    assert sign_in("office").post("/office/standings/approve?version=1").status_code == 403
    assert sign_in("office-check").post("/office/standings/approve?version=1").status_code == 403
    approver = sign_in("office-approve")
    assert approver.post("/office/standings/approve?version=9").status_code == 404
    decided = approver.post("/office/standings/approve?version=1", data={"document_no": "苏委常〔2017〕3号"})
    assert decided.status_code == 303
    assert "苏委常〔2017〕3号" in text(approver, PAGE)
    assert read(lambda session, year: standings_of(session, year).approved_by) == "office-approve"


def test_a_score_opens_from_the_total_to_the_number_of_answers(computed, sign_in):
    client = sign_in("office-approve")
    assert "市U001局：90.023分" in text(client, "/office/standings/U001")
    assert "24.579 = 30 × 81.929 ÷ 100" in text(client, "/office/standings/U001?leaf=SAT_PUBLIC")
    panel = text(client, "/office/standings/U001?leaf=ROUTINE")
    assert "26.958 = 30 × (0.6 × 88.765 + 0.4 × 91.500) ÷ 100" in panel
    assert "n = 18" in panel
    law = text(client, "/office/standings/U001?leaf=LAW")
    assert "29.5 = 17.5 + 12" in law
    assert "制度建设滞后" in law and "法制办〔2016〕3号" in law


def test_small_groups_are_hidden_and_so_is_what_would_tell_them(computed, sign_in):
    page = text(sign_in("office-approve"), "/office/standings/U001?leaf=SAT_PUBLIC")
    assert "份数不足，不单列" in page
    assert "85.000" in page
    assert "70.000" not in page and "90.000" not in page


def test_the_maker_sees_leaves_but_no_sum_above_them_before_the_approval(computed, sign_in):
    client = sign_in("office")
    page = text(client, "/office/standings/U001?leaf=SAT_PUBLIC")
    assert "24.579" in page
    assert "90.023" not in page
    assert "56.458" not in text(client, "/office/standings/U001?leaf=FUN")


def test_mutual_evaluation_stands_beside_the_score_that_it_does_not_weigh_in(computed, sign_in):
    with computed.sessions.begin() as session:
        rows = [tally_row("peer_score", "", "U001", "87.654", 90, counts=(50, 30, 8, 2))]
        count_round(session, year_of(session), "peers-2016", "peers", rows)
    sign_in("office").post("/office/standings/compute")
    page = text(sign_in("office-approve"), "/office/standings/U001")
    assert "87.654" in page and "不计入得分" in page
    assert "市U001局：90.023分" in page


def test_a_leads_own_row_says_what_stands_there(computed, sign_in):
    page = text(sign_in("office-approve"), "/office/standings/U003?leaf=LAW_1")
    assert "17.750" in page
    assert "同类" in page


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_exports_hold_what_the_reader_may_see_and_no_more(computed, sign_in, kind):
    for username, sees in (("office-approve", True), ("office", False)):
        raw = sign_in(username).get(f"/office/standings/export/{kind}?category=gov_service").data
        if kind == "json":
            whole = json.loads(raw)
            assert len(whole["units"]) == 3
            content = raw.decode()
        elif kind == "csv":
            content = raw.decode("utf-8-sig")
            assert len(list(csv.reader(StringIO(content)))) == 4
        else:
            sheets = openpyxl.load_workbook(BytesIO(raw))
            content = " ".join(str(value) for row in sheets.worksheets[0].values for value in row)
        assert ("90.023" in content) is sees
        assert "24.579" in content


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_the_counts_behind_a_score_leave_with_small_cells_empty(computed, sign_in, kind):
    answer = sign_in("office-approve").get(f"/office/standings/U001/counts/{kind}")
    assert answer.status_code == 200
    if kind == "json":
        whole = json.loads(answer.data)
        cells = [
            cell
            for level in whole["score"]["parts"]
            for part in level["parts"]
            for counted in part["counts"]
            for cell in counted["cells"]
        ]
        hidden = {cell["group"]: (cell["n"], cell["value"], cell["hidden"]) for cell in cells if cell["hidden"]}
        assert hidden == {
            "G1_PARTY_DEL": (None, None, "complement"),
            "G6_SOCIAL_ORG": (None, None, "too_few"),
        }


def test_unknown_units_kinds_and_leaves_are_no_fault(computed, sign_in):
    client = sign_in("office-approve")
    for address in (
        "/office/standings/U999",
        "/office/standings/U999/counts/xlsx",
        "/office/standings/U001/counts/pdf",
        "/office/standings/export/pdf",
        "/office/standings?version=99",
    ):
        assert client.get(address).status_code == 404, address
    for address in ("/office/standings/U001?leaf=none", "/office/standings?category=none&version=²"):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize(
    "address", ["/office/standings?category=gov_service", "/office/standings/U001", "/office/standings/export/csv"]
)
def test_a_page_costs_the_same_statements_for_three_units_and_for_thirty(app, computed, sign_in, address):
    counts = []
    for more in (0, 27):
        with computed.sessions.begin() as session:
            for number in range(more):
                make_unit(session, year_of(session), f"U{number + 50:03}")
        sign_in("office").post("/office/standings/compute")
        client = sign_in("office-approve")
        client.get(address)  # what a process asks once only is asked here
        with statements(app) as sent:
            assert client.get(address).status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_the_order_over_all_units_is_off_until_it_is_switched_on(computed, sign_in):
    client = sign_in("office-approve")
    assert "overall=1" not in text(client, PAGE)
    with computed.sessions.begin() as session:
        year = year_of(session)
        year.rules = year.rules | {"overall_ranking": True}
    assert "overall=1" in text(client, PAGE)
    assert "全部单位" in text(client, "/office/standings?overall=1")
