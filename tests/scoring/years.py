"""A small year for tests: three units, two leads, a tree of four leaves, counted rounds."""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.making import Role
from scoring.entering import confirm_entries, keep_entries, send_entries
from scoring.entries import Entry, lead_sheet
from scoring.loading import load_tree
from tallies.rows import Row, write_tally
from tests.factories import NOW, make_account_for, make_round, make_unit, make_year
from units.submissions import Submission
from units.unit import Unit
from units.year import Year

D = Decimal
SALT = b"s" * 32


def leaf(code: str, points: object, scored_by: str) -> dict[str, object]:
    return {"code": code, "name_zh": code, "name_en": code, "points": points, "scored_by": scored_by}


def level_two(code: str, weight: object, source: list[str], leads: list[str], *children: object) -> dict[str, object]:
    return {
        "code": code,
        "name_zh": code,
        "name_en": code,
        "weight": weight,
        "data_source": source,
        "leads": leads,
        "children": list(children),
    }


def document() -> dict[str, object]:
    """A tree of 100 points: law 30 (18 + 12), routine work 30, innovation 10, satisfaction 30."""
    law = level_two("LAW", 30, ["lead_entry"], ["FZB"], leaf("LAW_1", 18, "FZB"), leaf("LAW_2", 12, "FZB"))
    routine = level_two(
        "ROUTINE", 30, ["lead_entry", "expert_panel"], ["BB"], leaf("ROUTINE_1", 30, "BB + expert_panel")
    )
    inn = level_two("INN_REFORM", 10, ["expert_panel"], ["JXB"], leaf("INN_1", 10, "JXB + expert_panel"))
    sat = level_two("SAT_PUBLIC", 30, ["survey"], ["JXB"], leaf("SAT_PUBLIC_1", 30, "survey"))
    top = {"name_zh": "基本", "name_en": "Basic"}
    return {
        "lead_departments": {
            "FZB": {"zh": "市法制办", "en": "Legislative Affairs", "unit": "U003"},
            "BB": {"zh": "市编办", "en": "Bianban", "unit": "U009"},
            "JXB": {"zh": "绩效办", "en": "Performance Office", "unit": "U009"},
        },
        "indicators": [
            top | {"code": "FUN", "weight": 60, "children": [law, routine]},
            top | {"code": "INN", "weight": 10, "children": [inn]},
            top | {"code": "SAT", "weight": 30, "children": [sat]},
        ],
        "special_items": {
            "cap_bonus_total": 10,
            "cap_deduction_total": 10,
            "items": [
                {"code": "AWARD", "name_zh": "表彰", "name_en": "Award", "direction": "bonus", "max_points": 3},
                {
                    "code": "CRIT",
                    "name_zh": "批评",
                    "name_en": "Criticism",
                    "direction": "deduction",
                    "max_points": 2.5,
                },
                {"code": "BOTH", "name_zh": "互动", "name_en": "Interaction", "direction": "any", "max_points": 2},
            ],
        },
    }


def small_year(session: Session, **fields: object) -> Year:
    """A year of units U001 to U003 with that tree, being assessed, and the people who act in it."""
    year = make_year(session, stage="preparing", **fields)
    for code in ("U001", "U002", "U003"):
        make_unit(session, year, code)
    make_account_for(session, "office", Role("office", "make"))
    make_account_for(session, "office-approve", Role("office", "approve"))
    make_account_for(session, "lead-fzb", Role("lead", "officer", "FZB"))
    make_account_for(session, "lead-fzb-head", Role("lead", "head", "FZB"))
    load_tree(session, year, document(), by="office", now=NOW)
    year.stage = "assessing"
    session.flush()
    return year


def entries(session: Session, year: Year, **points: str) -> list[Entry]:
    """Full marks of FZB everywhere, but as given: entries(session, year, LAW_1_U001="17.5")."""
    sheet = lead_sheet(session, year, "FZB")
    kept = []
    for item, unit_code in sheet.asked():
        given = points.get(f"{item.code}_{unit_code}")
        if given is None:
            kept.append(Entry(item.code, unit_code, item.points))
        else:
            kept.append(Entry(item.code, unit_code, D(given), "制度建设滞后", "法制办〔2016〕3号"))
    return kept


def confirmed(session: Session, year: Year, **points: str) -> None:
    """Entries of FZB as above, sent and confirmed."""
    keep_entries(session, year, "FZB", entries(session, year, **points), by="lead-fzb", now=NOW)
    send_entries(session, year, "FZB", by="lead-fzb", now=NOW)
    confirm_entries(session, year, "FZB", by="lead-fzb-head", now=NOW)


def tally_row(measure: str, object_: str, unit: str, value: str | None, n: int = 20, **fields: object) -> Row:
    given = {
        "measure": measure,
        "object": object_,
        "unit_code": unit,
        "n": n,
        "value": None if value is None else D(value),
        "method": "mean",
        "input_digest": "0" * 64,
        "reason": "too_few" if value is None else None,
    }
    return Row(**(given | fields))


def count_round(session: Session, year: Year, code: str, kind: str, rows: list[Row]) -> None:
    """A round of the year that was counted to these rows."""
    round_ = make_round(
        session, year, code, kind, state="tallied", instrument=b"{}", instrument_digest="0" * 64, salt=SALT
    )
    write_tally(session, round_.id, rows, salt=SALT, now=NOW)


def publish_entry(session: Session, unit: Unit) -> None:
    """A published innovation entry of a unit."""
    entry = Submission(
        unit_id=unit.id, kind="innovation", title="一网通办", state="published", secrecy_checked=True, saved_at=NOW
    )
    session.add(entry)
    session.flush()


def unit_of(session, year, code="U001"):
    return session.scalar(select(Unit).where(Unit.year_id == year.id, Unit.code == code))


def played(session, **points):
    """The small year with everything counted. U003 leads FZB; U002 handed in no innovation entry."""
    year = small_year(session)
    confirmed(session, year, **(points or {"LAW_1_U001": "17.5"}))
    for code in ("U001", "U003"):
        publish_entry(session, unit_of(session, year, code))
    survey, panel = [], []
    for code, sat, routine in (("U001", "81.929", "88.765"), ("U002", "80", "85"), ("U003", "79.5", "84.333")):
        survey += [
            tally_row("sat_score", "SAT_PUBLIC", code, sat, 60, counts=(30, 20, 5, 3, 2)),
            tally_row("sat_score", "SAT_PUBLIC", code, "90", 4, group="G6_SOCIAL_ORG"),
            tally_row("sat_score", "SAT_PUBLIC", code, "70", 16, group="G1_PARTY_DEL", counts=(9, 4, 1, 1, 1)),
            tally_row("sat_score", "SAT_PUBLIC", code, "85", 40, group="G8_RESIDENT", counts=(20, 15, 3, 1, 1)),
            tally_row("item", "SAT_PUBLIC_1", code, sat, 58),
        ]
        for measure, value in (("panel_score", routine), ("bianban_score", "91.5")):
            panel += [
                tally_row(measure, leaf, code, value, 18 if measure == "panel_score" else 1)
                for leaf in ("ROUTINE", "INN_REFORM")
            ]
    count_round(session, year, "q1-2016", "survey", survey)
    count_round(session, year, "panel-2016", "panel", panel)
    return year
