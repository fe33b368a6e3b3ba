"""The objects that live as long as the application: databases, sign-in, kinds of rounds, storage."""

from dataclasses import dataclass

from flask import current_app
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Session, sessionmaker

from config import Settings
from database.base import Base, BoxBase
from rounds.kinds import Kinds
from storage.folder import Storage

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


def house() -> House:
    """What the current application is built with."""
    found: House = current_app.extensions["pingyi"]
    return found
