"""What the public is told as a year begins and as it ends: notices, common matters, who sees what when, results."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from demo.play import APPROVER, MAKER, Play, year_row
from rounds.round import Round
from scoring.standings import ScoreNode
from scoring.tree import tree_of
from surveys.counting.responses import Response
from units.notices import Notice, put_up_notice
from units.visibility import change_showing, default_showings
from units.year import Showing, Year

IMPROVEMENTS = (
    ("窗口增设预约和延时服务", "Appointments and longer hours at service counters"),
    ("办事指南改用通俗语言", "Guides rewritten in plain words"),
    ("咨询电话统一并公布", "One published number for enquiries"),
    ("材料清单网上可查可下载", "Lists of papers to be found and downloaded online"),
    ("社区设立便民服务点", "Service points in communities"),
    ("诉求办理结果逐件回访", "Every request followed up by a call"),
    ("网上办理增加手机入口", "Online services open to phones"),
    ("为老年人保留人工服务", "Staffed counters kept for the elderly"),
    ("公开办理进度查询", "Progress of a matter open to enquiry"),
    ("跨部门事项一窗受理", "One counter for matters of several bodies"),
    ("停车信息联网发布", "Parking information published in one place"),
    ("政策解读进企业进社区", "Policies explained in firms and communities"),
)
"""Twelve things that the public asked for, told of no unit by name."""
DONE = 9
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


def announce(session: Session, play: Play, version: int) -> None:
    """Word what the public is told of a concluded year and switch it on: returns, satisfaction, improvements."""
    year = year_row(session, play.year)
    satisfaction = _mean_share(session, year, version, "SAT_PUBLIC")
    forms = session.scalar(
        select(func.count())
        .select_from(Response)
        .join(Round, Round.id == Response.round_id)
        .where(Round.year_id == year.id)
    )
    told = {
        "return_counts": [
            {
                "zh": f"六个渠道共收回问卷{forms}份（演示）。",
                "en": f"{forms} forms were returned over six channels (demonstration).",
            }
        ],
        "city_satisfaction": [
            {
                "zh": f"社会公众满意度全市平均得分{satisfaction:.2f}分（演示）。",
                "en": f"Public satisfaction with all units, on average: {satisfaction:.2f} of 100 (demonstration).",
            }
        ],
        "improvements": [_improvement(zh, en, done=place < DONE) for place, (zh, en) in enumerate(IMPROVEMENTS)],
    }
    year.rules = {**year.rules, "announced": told}
    for item in told:
        for stage in ("final", "archived"):
            change_showing(
                session, year, item, stage, "public", True, by=MAKER, approved_by=APPROVER, now=play.calendar.final
            )


def _mean_share(session: Session, year: Year, version: int, indicator: str) -> Decimal:
    """Mean over units of an indicator's points, as a share of its full marks in hundredths."""
    wanted = select(ScoreNode.value).where(
        ScoreNode.year_id == year.id, ScoreNode.version == version, ScoreNode.code == indicator
    )
    values = [value for value in session.scalars(wanted) if value is not None]
    full = next(node.points for node in tree_of(session, year).walk() if node.code == indicator)
    return sum(values, Decimal(0)) / len(values) / full * 100


def _improvement(zh: str, en: str, *, done: bool) -> dict[str, str]:
    return {"zh": f"{zh}：{'已完成' if done else '进行中'}", "en": f"{en}: {'done' if done else 'under way'}"}


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
