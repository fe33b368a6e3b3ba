"""Notices (通知公告): what the office tells the public, or those who work here, from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CheckConstraint, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from audit.events import AuditEvent, record
from database.base import Base
from database.canonical import digest
from database.columns import public_id

AUDIENCES = ("public", "unit", "lead", "expert")


class Notice(Base):
    """One notice to one audience; the public's stand on the public pages, the others on their desks.

    published_on: the first day on which it is shown. document_no: of the paper that it repeats, if any.
    """

    __tablename__ = "notice"
    __table_args__ = (CheckConstraint(f"audience IN {AUDIENCES}", name="audience_is_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), default=public_id, unique=True)
    audience: Mapped[str] = mapped_column(String(16))
    title_zh: Mapped[str] = mapped_column(String(128))
    title_en: Mapped[str] = mapped_column(String(192), default="")
    body_zh: Mapped[str] = mapped_column(Text)
    body_en: Mapped[str] = mapped_column(Text, default="")
    document_no: Mapped[str] = mapped_column(String(64), default="")
    published_on: Mapped[date]


@dataclass(frozen=True)
class NoticePutUp(AuditEvent):
    """A notice was put up. digest: over title and body in both languages."""

    public_id: str
    audience: str
    title: str
    digest: str


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A notice as a page shows it."""

    public_id: str
    title_zh: str
    title_en: str
    body_zh: str
    body_en: str
    document_no: str
    published_on: date


def put_up_notice(session: Session, notice: Notice, *, by: str, now: datetime) -> None:
    """Put a notice up, to be shown from its day on, and record it."""
    session.add(notice)
    session.flush()
    words = digest([notice.title_zh, notice.title_en, notice.body_zh, notice.body_en])
    event = NoticePutUp(notice.public_id, notice.audience, notice.title_zh, words)
    record(session, event, by=by, now=now, subject=f"notice {notice.public_id}")


def notices_for(session: Session, audience: str, *, today: date, most: int | None = None) -> list[NoticeShown]:
    """The notices that an audience sees on a day, the latest first; at most `most` of them."""
    wanted = (
        select(Notice)
        .where(Notice.audience == audience, Notice.published_on <= today)
        .order_by(Notice.published_on.desc(), Notice.id.desc())
        .limit(most)
    )
    return [
        NoticeShown(
            notice.public_id,
            notice.title_zh,
            notice.title_en,
            notice.body_zh,
            notice.body_en,
            notice.document_no,
            notice.published_on,
        )
        for notice in session.scalars(wanted)
    ]
