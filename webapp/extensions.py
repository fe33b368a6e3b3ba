"""The objects that live as long as the application: databases, sign-in, kinds of rounds, storage."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import current_app
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Session, sessionmaker

from audit.events import take_head
from ballots.roll.rights import RollKeys
from config import Settings
from database import transactions
from database.base import Base, BoxBase
from rounds.kinds import Kinds
from storage.folder import Storage
from webapp.keys import key_for

AUDIT_HEAD = "audit-head"
"""Name under which the head of the audit chain is kept outside the database."""

db = SQLAlchemy(metadata=Base.metadata)
db.metadatas["box"] = BoxBase.metadata
migrate = Migrate(render_as_batch=True, compare_type=True)
login = LoginManager()
csrf = CSRFProtect()


@dataclass(frozen=True)
class House:
    """What one application is built with, beside Flask's extensions.

    sessions: for commands and tests; a request uses `db.session`. box_sessions: the ballot box, never joined with it.
    """

    settings: Settings
    storage: Storage
    kinds: Kinds
    sessions: sessionmaker[Session]
    box_sessions: sessionmaker[Session]

    @property
    def roll_keys(self) -> RollKeys:
        """The keys of codes and tickets."""
        secret = self.settings.secret_key
        return RollKeys(codes=key_for(secret, "codes"), tickets=key_for(secret, "tickets"))

    def keep_head(self, session: Session) -> None:
        """Keep the audit chain's head outside the database, once what the session appended is committed."""
        if head := take_head(session):
            self.storage.put_named(AUDIT_HEAD, head.encode())

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction outside a request; the chain's head is kept after its commit."""
        with transactions.writing(self.sessions) as session:
            yield session
        self.keep_head(session)


def house() -> House:
    """What the current application is built with."""
    found: House = current_app.extensions["pingyi"]
    return found
