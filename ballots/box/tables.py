"""Tables of the ballot box, in a database of its own. They fill once ballots are sealed.

Nothing here names a right, a round's row or another ballot, and nothing tells time or order.
"""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from database.base import BoxBase


class Envelope(BoxBase):
    """A sealed ballot under the SHA-256 of its ciphertext."""

    __tablename__ = "envelope"
    __table_args__ = {"sqlite_with_rowid": False}

    round_code: Mapped[str] = mapped_column(String(32), primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary)


class Stamp(BoxBase):
    """The hash of a spent stamp: one for each set that was cast."""

    __tablename__ = "stamp"
    __table_args__ = {"sqlite_with_rowid": False}

    round_code: Mapped[str] = mapped_column(String(32), primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)


class Window(BoxBase):
    """The box's own copy of a round's hours, by which it decides the close in the transaction that stores."""

    __tablename__ = "window"

    round_code: Mapped[str] = mapped_column(String(32), primary_key=True)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closed: Mapped[bool] = mapped_column(default=False)
