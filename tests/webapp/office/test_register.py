"""Units and accounts through the desk: lists, changes, tables, slips."""

import io

import pytest
import xlsxwriter
from sqlalchemy import event, select

from accounts.account import Account
from accounts.making import Role
from audit.events import Entry
from tests.factories import make_account_for, make_unit
from units.register_importing import COLUMNS
from units.unit import Mandate, Topic, Unit
from units.year import Year

UNIT = {
    "name_zh": "苏州市第一局",
    "short_name_zh": "市一局",
    "name_en": "First Bureau",
    "category": "party",
    "position": "7",
    "ranked": "y",
    "topics": "停车；公积金",
    "functions_zh": "负责停车。",
}


@pytest.fixture
def unit(read):
    return lambda code="U001": read(lambda s: s.scalars(select(Unit).where(Unit.code == code)).one())


@pytest.fixture
def unit_account(office, write, read):
    """The public id of unit001's account."""
    write(lambda session: make_account_for(session, "unit001", Role("unit", "officer", "U001"), name="王敏"))
    return read(lambda session: session.scalars(select(Account.public_id).where(Account.username == "unit001")).one())


def table(*rows, head=tuple(COLUMNS)):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([head, *rows]):
            sheet.write_row(number, 0, row)
    out.seek(0)
    return out


def load(office, content, way="load", path="/office/units/table", name="units.xlsx"):
    data = {"table": (content, name), "way": way}
    return office("office").post(path, data=data, content_type="multipart/form-data")


def row(code="U101", position=101, **changed):
    texts = [
        "苏州新局",
        "新局",
        "New Bureau",
        "party",
        position,
        "否",
        "负责新事。",
        "",
        "办公室",
        "12",
        "〔2016〕1号",
        "新事",
    ]
    made = dict(zip(COLUMNS.values(), [code, *texts], strict=True)) | changed
    return list(made.values())


def test_a_unit_is_changed_and_the_change_recorded(office, unit, read):
    assert office("office").post("/office/units/U001", data=UNIT).status_code == 303
    assert (unit().short_name_zh, unit().pinyin, unit().initials, unit().position) == ("市一局", "shiyiju", "syj", 7)
    assert read(lambda s: s.scalars(select(Topic.topic_zh)).all()) == ["停车", "公积金"]
    [facts] = read(lambda s: s.scalars(select(Entry.facts).where(Entry.kind == "UnitChanged")).all())
    assert '"short_name_zh":"市U001局"' in facts


def test_saving_a_unit_unchanged_records_nothing(office, read):
    office("office").post("/office/units/U001", data=UNIT)
    office("office").post("/office/units/U001", data=UNIT)
    assert len(read(lambda s: s.scalars(select(Entry).where(Entry.kind == "UnitChanged")).all())) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"name_zh": ""},
        {"short_name_zh": "长" * 65},
        {"position": "0"},
        {"position": "²"},
        {"position": "9" * 40},
        {"topics": "词" * 33},
    ],
)
def test_a_wrong_field_is_refused_and_kept_on_the_page(office, unit, change):
    answer = office("office").post("/office/units/U001", data=UNIT | change)
    assert answer.status_code == 422
    assert next(iter(change.values())) in answer.get_data(as_text=True)
    assert unit().short_name_zh == "市U001局"


def test_a_mandate_is_made_public_and_internal_again(office, read):
    office("office").post("/office/units/U001/visibility", data={"visibility": "internal"})
    assert "internal" in read(lambda s: s.scalars(select(Mandate.visibility)).all())
    assert office("office").post("/office/units/U001/visibility", data={"visibility": "all"}).status_code == 422


def test_all_mandates_are_made_public_at_once_and_only_what_changes_is_recorded(office, read, write):
    office("office")
    write(lambda s: setattr(s.scalars(select(Mandate)).first(), "visibility", "internal"))
    assert office("office").post("/office/units/visibility", data={"visibility": "public"}).status_code == 303
    assert set(read(lambda s: s.scalars(select(Mandate.visibility)).all())) == {"public"}
    assert len(read(lambda s: s.scalars(select(Entry).where(Entry.kind == "MandateShown")).all())) == 1


def test_a_table_is_checked_first_and_loaded_then(office, count):
    assert "新增1条" in load(office, table(row()), "check").get_data(as_text=True)
    assert count(Unit) == 3
    assert "新增1条" in load(office, table(row())).get_data(as_text=True)
    assert count(Unit) == 4
    assert "未变1条" in load(office, table(row())).get_data(as_text=True)


def test_the_register_that_is_handed_out_can_be_read_in_and_changes_nothing(office):
    content = io.BytesIO(office("office").get("/office/units/table.xlsx").data)
    assert "新增0条，变更0条，未变3条" in load(office, content).get_data(as_text=True)


def test_every_wrong_cell_is_named_at_once_and_nothing_is_written(office, count):
    rows = [
        row("U101", category="no-such", position=0),
        row("U101", name_zh="", ranked="也许"),
        row("101", short_name_zh="<svg/onload=x()>" * 5),
    ]
    page = load(office, table(*rows)).get_data(as_text=True)
    for cell in ("E2", "F2", "A3", "B3", "G3", "A4", "C4"):
        assert f'class="num">{cell}<' in page
    assert "7处需更正" in page
    assert "<svg/" not in page
    assert count(Unit) == 3


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "units.xlsx"), (b"code,name", "units.csv"), (b"PK\x03\x04rubbish", "units.xlsx"), (b"<svg/>", "u.xlsx")],
)
def test_a_file_that_is_no_workbook_is_refused(office, content, name):
    answer = load(office, io.BytesIO(content), name=name)
    assert answer.status_code == 422


def test_a_table_with_other_headings_is_refused(office):
    page = load(office, table(row(), head=["代码", *list(COLUMNS)[1:]])).get_data(as_text=True)
    assert "表头不符" in page


@pytest.mark.parametrize(
    "path", ["/office/", "/office/progress", "/office/units", "/office/accounts", "/office/submissions"]
)
def test_lists_ask_as_much_for_many_as_for_few(office, write, house, path):
    def statements():
        seen = []
        event.listen(house.sessions.kw["bind"], "before_cursor_execute", lambda *args: seen.append(args[2]))
        client.get(path)
        return len(seen)

    def more(session):
        year = session.scalars(select(Year)).one()
        for number in (4, 5):
            make_unit(session, year, f"U00{number}")
            make_account_for(session, f"unit00{number}", Role("unit", "officer", f"U00{number}"))

    client = office("office")
    write(lambda session: make_account_for(session, "unit001", Role("unit", "officer", "U001")))
    client.get(path)  # whatever a process asks once
    few = statements()
    write(more)
    assert statements() == few


def test_an_account_is_made_and_its_password_shown_once(office, read):
    data = {"username": "unit001", "name": "王敏", "role": "unit:officer", "scope": "U001"}
    answer = office("office").post("/office/accounts/new", data=data)
    assert answer.status_code == 200
    slip = answer.get_data(as_text=True)
    assert "unit001" in slip and "初始密码" in slip
    made = read(lambda s: s.scalars(select(Account).where(Account.username == "unit001")).one())
    assert made.must_change
    facts = read(lambda s: s.scalars(select(Entry.facts).where(Entry.kind == "AccountMade")).all())
    password = slip.split('class="code">')[1].split("<")[0]
    assert len(password) >= 14 and not any(password in each for each in facts)
    again = office("office").post("/office/accounts/new", data=data)
    assert again.status_code == 422 and 'value="王敏"' in again.get_data(as_text=True)


@pytest.mark.parametrize(
    "change",
    [
        {"role": "office:approve"},
        {"role": "auditor:"},
        {"scope": ""},
        {"scope": "=1+1"},
        {"username": "Unit 001"},
        {"username": "a" * 41},
        {"name": ""},
    ],
)
def test_an_account_that_may_not_be_made_here_is_not_made(office, count, change):
    data = {"username": "unit009", "name": "王敏", "role": "unit:officer", "scope": "U001"}
    client, before = office("office"), count(Account)
    assert client.post("/office/accounts/new", data=data | change).status_code == 422
    assert count(Account) == before


def test_an_account_is_disabled_given_roles_and_handed_over(office, write, read, unit_account):
    address = f"/office/accounts/{unit_account}"
    write(lambda session: make_account_for(session, "unit001-new", Role("agency"), name="李华"))
    office("office").post(f"{address}/roles", data={"role": "unit:head", "scope": "U001"})
    office("office").post(f"{address}/roles/withdraw", data={"held": "unit:officer:U001"})
    data = {"to": "unit001-new", "reason": "换届"}
    assert office("office").post(f"{address}/hand-over", data=data).status_code == 303

    def held(session):
        found = session.scalars(select(Account).where(Account.username.like("unit001%")).order_by(Account.username))
        return [(a.username, a.disabled, sorted((h.role, h.duty) for h in a.holdings)) for a in found]

    assert read(held) == [("unit001", True, []), ("unit001-new", False, [("agency", ""), ("unit", "head")])]


@pytest.mark.parametrize(
    ("to", "reason"), [("unit001", "换届"), ("office-check", "换届"), ("nobody", "换届"), ("", "x")]
)
def test_nothing_is_handed_over_to_oneself_to_the_office_or_to_nobody(office, read, unit_account, to, reason):
    address = f"/office/accounts/{unit_account}/hand-over"
    assert office("office").post(address, data={"to": to, "reason": reason}).status_code in (404, 422)
    disabled = read(lambda s: s.scalars(select(Account.disabled).where(Account.username == "unit001")).one())
    assert not disabled


@pytest.mark.parametrize("act", ["", "/password", "/disabled", "/roles", "/roles/withdraw", "/hand-over"])
def test_accounts_of_the_office_are_out_of_reach(office, read, act):
    office("office")
    public_id = read(lambda s: s.scalars(select(Account.public_id).where(Account.username == "office-check")).one())
    address = f"/office/accounts/{public_id}{act}"
    client = office("office")
    assert (client.post(address) if act else client.get(address)).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/office/units",
        "/office/units/U001",
        "/office/units/table",
        "/office/accounts",
        "/office/accounts?role=unit&words=%25&page=9",
        "/office/accounts/new",
        "/office/submissions",
        "/office/submissions?state=",
        "/office/matters",
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_is_well_formed(office, path, lang):
    joint = "&" if "?" in path else "?"
    assert office("office").get(f"{path}{joint}lang={lang}").status_code == 200


@pytest.mark.parametrize(
    "path", ["/office/units/U001", "/office/units/table", "/office/accounts/new", "/office/matters"]
)
@pytest.mark.parametrize("username", ["office-check", "office-approve", "auditor"])
def test_only_the_maker_changes_the_register(office, username, path):
    assert office(username).post(path).status_code == 403
