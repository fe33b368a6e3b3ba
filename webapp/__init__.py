"""All that speaks HTTP. `create_app` builds one application from settings."""

from flask import Flask, request
from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import NullPool
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings
from database.engines import driver_url, engine_for, hold_promises
from database.transactions import set_writing
from storage.folder import FolderStorage
from webapp.commands import init_commands
from webapp.desks import BLUEPRINTS
from webapp.errors import init_errors
from webapp.extensions import House, csrf, db, login, migrate
from webapp.gate import init_gate
from webapp.headers import init_headers
from webapp.kinds import kinds_for
from webapp.language import init_language
from webapp.look import init_look
from webapp.static_files import init_static


def create_app(settings: Settings) -> Flask:
    """Build the application; raises MissingAccess where an endpoint has no line in `webapp/access.py`."""
    app = Flask(__name__, static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=driver_url(settings.database_url),
        SQLALCHEMY_ENGINE_OPTIONS={"connect_args": {"check_same_thread": False}}
        if settings.database_url.startswith("sqlite")
        else {"pool_pre_ping": True},
        MAX_CONTENT_LENGTH=24 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        MAX_FORM_PARTS=2000,
        SESSION_COOKIE_NAME="__Host-pingyi" if settings.secure else "pingyi",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        ANSWERS_PER_HOUR=settings.answers_per_hour,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=settings.secure,
        **settings.site,
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    settings.var.mkdir(parents=True, exist_ok=True)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.before_request
    def choose_transaction() -> None:
        set_writing(request.method not in ("GET", "HEAD", "OPTIONS"))

    @app.teardown_request
    def forget_choice(_error: BaseException | None) -> None:
        set_writing(True)

    db.init_app(app)
    migrate.init_app(app, db)
    csrf.init_app(app)
    login.init_app(app)
    with app.app_context():
        engine = hold_promises(db.engine)
    app.extensions["pingyi"] = _house(settings, engine)
    init_language(app)
    init_look(app)
    init_static(app)
    init_headers(app)
    init_errors(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    init_gate(app)
    init_commands(app)
    return app


def _house(settings: Settings, engine: Engine) -> House:
    box = engine_for(settings.box_url, poolclass=NullPool)
    return House(
        settings=settings,
        storage=FolderStorage(settings.var / "files"),
        kinds=kinds_for(settings),
        sessions=sessionmaker(engine),
        box_sessions=sessionmaker(box),
    )
