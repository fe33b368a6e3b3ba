"""Static files under names that hold their hash, so that a browser may keep them for ever."""

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.exceptions import NotFound
from whitenoise import WhiteNoise

from webapp.headers import add_headers

FOLDER = Path(__file__).parent / "static"


def _hashed(path: Path) -> str:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return str(path.relative_to(FOLDER).with_name(f"{path.stem}.{digest}{path.suffix}"))


def init_static(app: Flask) -> None:
    """Serve every file below `webapp/static/` under its hashed name, with the headers of every answer."""
    secure = bool(app.config["SESSION_COOKIE_SECURE"])
    served = WhiteNoise(
        app.wsgi_app,
        add_headers_function=lambda headers, path, url: add_headers(headers, secure=secure),
        immutable_file_test=lambda path, url: True,
    )
    names: dict[str, str] = {}
    for path in sorted(p for p in FOLDER.rglob("*") if p.is_file() and p.suffix != ".md"):
        address = f"/static/{_hashed(path)}"
        names[str(path.relative_to(FOLDER))] = _hashed(path)
        served.add_file_to_dictionary(address, str(path))
    app.wsgi_app = served  # type: ignore[method-assign]
    app.add_url_rule("/static/<path:filename>", "static", _missing)

    @app.url_defaults
    def name_with_hash(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values["filename"] = names[values["filename"]]


def _missing(filename: str) -> str:
    raise NotFound
