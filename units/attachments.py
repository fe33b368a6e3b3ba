"""Files that hang at a paper, a matter or an entry; their bytes lie in the storage under their hash."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Protocol

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from database.base import Base
from database.columns import public_id
from storage.folder import Storage
from units.errors import TooManyFiles
from units.files.checking import check_file, clean_name

MOST_FILES = 10


class Attachment(Base):
    """One file of a unit, under a random public id, at exactly one place."""

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN submission_id IS NULL THEN 0 ELSE 1 END + CASE WHEN paper_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN matter_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="hangs_at_one_place",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), default=public_id, unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"), index=True)
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("assigned_matter.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(128))
    kind: Mapped[str] = mapped_column(String(8))
    media_type: Mapped[str] = mapped_column(String(96))
    inline: Mapped[bool] = mapped_column(default=False)
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    added_by: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime]
    pages: Mapped[list[AttachmentPage]] = relationship(
        lazy="selectin", order_by="AttachmentPage.number", cascade="all, delete-orphan"
    )


class AttachmentPage(Base):
    """The picture of one page of a PDF, made when it was handed in; numbered from 1."""

    __tablename__ = "attachment_page"

    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64))


class Place(Protocol):
    """Where files hang: a paper, a matter, an entry."""

    @property
    def unit_id(self) -> int:
        """The unit that the place belongs to."""
        ...

    @property
    def attachments(self) -> list[Attachment]:
        """The files that hang there."""
        ...


def attach(
    session: Session, storage: Storage, place: Place, name: str, content: bytes, *, by: str, now: datetime
) -> Attachment:
    """Check a file and hang it at a place; callers in this package see to the right and the state.

    The same file under the same name again, as a form brings it that is sent twice, is the one that hangs there.
    Raises TooManyFiles above ten, or one of units.files.errors. Source: docs/rules.md, "Files".
    """
    same = (clean_name(name), sha256(content).hexdigest())
    for hanging in place.attachments:
        if (hanging.name, hanging.sha256) == same:
            return hanging
    if len(place.attachments) >= MOST_FILES:
        raise TooManyFiles(MOST_FILES)
    file = check_file(name, content)
    attachment = Attachment(
        unit_id=place.unit_id,
        name=file.name,
        kind=file.kind.code,
        media_type=file.kind.media_type,
        inline=file.kind.inline,
        size=len(content),
        sha256=storage.put(content),
        added_by=by,
        added_at=now,
        pages=[AttachmentPage(number=n, sha256=storage.put(page)) for n, page in enumerate(file.pages, start=1)],
    )
    place.attachments.append(attachment)
    session.flush()
    return attachment


def detach(session: Session, place: Place, public_id: str) -> None:
    """Take a file away from a place; one that doesn't hang there is no error, so that a second click does nothing.

    The bytes stay in the storage, where another paper may name the same content.
    """
    for attachment in list(place.attachments):
        if attachment.public_id == public_id:
            place.attachments.remove(attachment)
    session.flush()


def hashes(attachments: list[Attachment]) -> list[str]:
    """The contents of files as sorted hashes: what a digest over a paper or an entry covers of them."""
    return sorted(attachment.sha256 for attachment in attachments)
