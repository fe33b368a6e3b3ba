"""The stage of a year: the year itself, its units with their mandates and topics, and what is public."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.orm import Session

from demo.cast import Player
from demo.play import Play
from units.sorting import sort_keys
from units.unit import Mandate, Topic, Unit
from units.year import Year


def set_year(session: Session, play: Play) -> Year:
    """Make the year, marked as a demonstration, and all its units."""
    year = Year(
        year=play.year,
        stage="preparing",
        title_zh=f"{play.year}年度市级机关绩效管理（演示）",
        title_en=f"Performance evaluation of municipal organs {play.year} (demonstration)",
        rules={
            "demonstration": asdict(play.choice),
            "due": {
                "plan": f"{play.year}-03-31",
                "mid_year": f"{play.year}-07-31",
                "year_end": play.calendar.closes.date().isoformat(),
            },
        },
        demonstration=True,
    )
    session.add(year)
    session.flush()
    for position, player in enumerate(play.players, 1):
        session.add(_unit(year.id, player, position))
    session.flush()
    return year


def _unit(year_id: int, player: Player, position: int) -> Unit:
    line = player.line
    pinyin, initials = sort_keys(line.short_name_zh)
    return Unit(
        year_id=year_id,
        code=line.code,
        name_zh=line.name_zh,
        short_name_zh=line.short_name_zh,
        name_en=line.name_en,
        category=line.category,
        position=position,
        pinyin=pinyin,
        initials=initials,
        mandate=Mandate(
            functions_zh=line.mandate_zh,
            functions_en=line.mandate_en,
            internal_bodies_zh="；".join(line.internal_bodies_zh),
            staffing=line.staffing,
            document_no="",
            visibility="public",
        ),
        topics=[Topic(topic_zh=topic) for topic in player.topics],
    )
