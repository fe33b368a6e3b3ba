"""Both schemas, whole: every table of every package, and bringing a database to the current version."""

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, MetaData

from database.base import Base, BoxBase

ROOT = Path(__file__).parent.parent
PACKAGES = ("audit", "accounts", "units", "rounds", "ballots", "tallies", "surveys", "review", "scoring")


def whole_schema() -> dict[str, MetaData]:
    """The metadata of the main database and of the ballot box, with every package's tables imported."""
    for name in PACKAGES:
        package = import_module(name)
        for module in walk_packages(package.__path__, f"{name}."):
            import_module(module.name)
    return {"main": Base.metadata, "box": BoxBase.metadata}


def alembic_config(main: Engine, box: Engine) -> Config:
    """Alembic's configuration for two engines."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["engines"] = {"main": main, "box": box}
    return config


def bring_to_current(main: Engine, box: Engine) -> None:
    """Run every migration that the two databases still lack."""
    command.upgrade(alembic_config(main, box), "head")
