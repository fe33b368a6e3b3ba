"""What the public is told at the start of a demonstrated year: notices, what people look for, who sees what when."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from demo.play import APPROVER, Play, year_row
from units.notices import Notice, put_up_notice
from units.visibility import default_showings
from units.year import Showing, Year

COMMON_TOPICS = ("社保", "公积金", "停车", "房产", "看病", "入学", "户籍", "营业执照", "快递", "食品安全")


def tell_the_public(session: Session, play: Play) -> None:
    """Put up the year's notices and list the matters that people look for most."""
    year = year_row(session, play.year)
    year.rules = {**year.rules, "common_topics": list(COMMON_TOPICS)}
    for notice in _notices(play):
        put_up_notice(session, notice, by=APPROVER, now=play.calendar.freezes)


def open_tables(session: Session) -> None:
    """Give every year without one the default table of who sees what when."""
    for year in session.scalars(select(Year).where(~exists().where(Showing.year_id == Year.id))):
        session.add_all(default_showings(year.id))
    session.flush()


def _notices(play: Play) -> list[Notice]:
    calendar, year = play.calendar, play.year
    last = calendar.closes - timedelta(microseconds=1)
    survey = Notice(
        audience="public",
        title_zh=f"关于开展{year}年度市级机关绩效管理满意度测评的公告（演示）",
        title_en=f"Satisfaction survey {year} on the municipal organs (demonstration)",
        body_zh=f"{year}年度市级机关绩效管理满意度测评于{calendar.opens:%-m月%-d日}开始，{last:%-m月%-d日}截止。\n"
        "参加测评无需登录，不填姓名。本调查不索要身份证号、验证码，不收取费用。\n"
        "测评结果经审定后按程序通报。",
        body_en=f"The survey {year} runs from {calendar.opens:%-d %B} to {last:%-d %B}.\n"
        "It needs no sign-in and no name, asks for no ID number or verification code, and costs nothing.\n"
        "The results are announced after they have been approved.",
        document_no=f"演示〔{year}〕2号",
        published_on=calendar.opens.date(),
    )
    material = Notice(
        audience="unit",
        title_zh=f"关于报送{year}年度自评报告和创新创优申报材料的通知（演示）",
        title_en=f"Self-assessments and entries of {year} (demonstration)",
        body_zh="请各单位按期报送年度计划、自评报告和创新创优申报材料。申报内容不得涉密。",
        body_en="Please hand in the year plan, the self-assessments and the entries in time; nothing secret.",
        document_no=f"演示〔{year}〕1号",
        published_on=calendar.collects.date(),
    )
    return [material, survey]
