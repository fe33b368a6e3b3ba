"""An application that answers on this machine while a test runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.serving import make_server

from config import settings_from
from tests.conftest import SECRET
from webapp import create_app


@dataclass(frozen=True)
class Served:
    """An application and the address under which it answers."""

    app: Flask
    address: str


def application(var: Path) -> Flask:
    """The application on databases of its own below `var`, as an operator starts it."""
    return create_app(settings_from({"PINGYI_VAR": str(var), "SECRET_KEY": SECRET}))


@contextmanager
def serving(app: Flask) -> Iterator[Served]:
    """Serve an application on a free port while the block runs."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Served(app, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
