import pytest

from demo.reading import BadLine, read_focus, read_roles, read_topics, read_units


def test_the_files_hold_101_units_and_20_nominators_none_of_which_leads():
    units, roles = read_units(), read_roles()
    assert [unit.code for unit in units] == [f"U{number:03d}" for number in range(1, 102)]
    assert sum(role.nominates_expert for role in roles) == 20
    assert not [role.code for role in roles if role.nominates_expert and role.leads]
    assert set(read_focus()) == {unit.code for unit in units}
    assert set(read_topics()) < set(read_focus())


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("code,fields\n", 1, "columns are code, fields; expected code, fields_zh, served_zh"),
        ("code,fields_zh,served_zh\nU001,甲;乙;丙\n", 2, "2 cells, expected 3"),
        ("code,fields_zh,served_zh\nU001,甲;乙;丙,众\nU002,甲;乙,众\n", 3, "U002 has 2 fields, expected at least 3"),
    ],
)
def test_a_bad_line_is_named_by_file_and_number(tmp_path, text, line, reason):
    path = tmp_path / "unit_focus.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadLine) as caught:
        read_focus(path)
    assert (caught.value.file, caught.value.line, caught.value.reason) == ("unit_focus.csv", line, reason)


def test_a_code_given_twice_is_refused(tmp_path):
    path = tmp_path / "units.csv"
    row = "U001,全称,简称{},Name,party,职责,Duties,办公室,\n"
    heading = "code,name_zh,short_name_zh,name_en,category,mandate_zh,mandate_en,internal_bodies_zh,staffing\n"
    path.write_text(heading + row.format(1) + row.format(2), encoding="utf-8")
    with pytest.raises(BadLine, match=r"units\.csv:3: U001 简称2 appears twice"):
        read_units(path)
