"""A simulated respondent's answers as the fields of a posted form, the shape that `surveys.instruments` checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from demo.fieldwork import SERVICE_ITEMS, LeaderForm, PublicForm, ServiceForm
from demo.world import DONT_KNOW, SATISFACTION

Posted = dict[str, Sequence[str]]

PUBLIC_ITEMS = ("rd_attitude", "rd_fair", "rd_result")
BAD = SATISFACTION.index("d")
COMMENTS = (
    "窗口工作人员讲解清楚，希望继续保持。",
    "希望更多事项能在网上办理。",
    "办事指南写得明白，按清单准备材料就能办。",
    "建议节假日也安排人值班。",
    "总体满意，希望电话更容易打通。",
    "希望多到社区来宣传政策。",
)
"""Neutral or good on purpose: a comment here stands beside a real unit's name."""


def posted_public(form: PublicForm, codes: Sequence[str], number: int) -> Posted:
    """q1_public. number: the respondent's place in the strip; every 23rd writes a comment."""
    posted: Posted = {
        "agree": ["y"],
        "dealt_any": ["y" if form.dealt else "n"],
        "city_overall": [SATISFACTION[form.city]],
        "city_trend": [("up", "up", "same", "dk")[number % 4]],
        "age_band": [form.age],
        "district": [form.district],
    }
    if form.dealt:
        posted["dealt_units"] = [codes[unit] for unit in form.dealt]
    for unit, grades in zip(form.dealt, form.dealt_grades, strict=True):
        for item, grade in zip(PUBLIC_ITEMS, grades, strict=True):
            posted[f"{item}.{codes[unit]}"] = [SATISFACTION[grade]]
        if any(BAD <= grade < DONT_KNOW for grade in grades):
            posted[f"rd_reason.{codes[unit]}"] = [("slow", "unclear", "other")[number % 3]]
    for unit, grade in zip(form.block, form.block_grades, strict=True):
        posted[f"rb_overall.{codes[unit]}"] = [SATISFACTION[grade]]
    if number % 23 == 7:
        posted["comment"] = [COMMENTS[number // 23 % len(COMMENTS)]]
    return posted


def posted_service(form: ServiceForm) -> Posted:
    """q2_service, as the interviewer types it or the respondent answers it."""
    grades: Mapping[str, int] = dict(zip(SERVICE_ITEMS, form.grades.tolist(), strict=True))
    posted: Posted = {
        "agree": ["y"],
        "confirm_dealt": ["y"],
        "service_way": [form.way],
        "service_kind": [form.kind],
        "age_band": [form.age],
        "district": [form.district],
        "disposition": ["done"],
    }
    if form.way == "window":
        posted["trips"] = [form.trips]
    for item, grade in grades.items():
        asked = (item != "r_online" or form.way == "online") and (item != "r_reply" or form.kind == "complaint")
        if asked:
            posted[item] = [SATISFACTION[grade]]
    return posted


def posted_leader(form: LeaderForm, codes: Sequence[str]) -> Posted:
    """q3_leader: a grade for every unit."""
    grades = {f"overall.{code}": [SATISFACTION[grade]] for code, grade in zip(codes, form.grades, strict=True)}
    return {"level": [form.level], **grades}
