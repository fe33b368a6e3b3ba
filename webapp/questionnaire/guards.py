"""What protects forms that carry no identity: no token, but no foreign page may send them, and no flood."""

import hmac
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from flask_limiter import Limiter

from webapp.extensions import house
from webapp.keys import key_for


def refuse_foreign() -> None:
    """Refuse a form that another site's page sends; a browser that says nothing passes.

    `Origin: null` passes too: that is what a page with `Referrer-Policy: no-referrer` sends to its own site.
    """
    if request.method != "POST":
        return
    origin = request.headers.get("Origin", "null")
    foreign = origin != "null" and urlsplit(origin).netloc != request.host
    if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)


def _nameless() -> str:
    """Stands for an address for one hour; without the key nobody can tell for which."""
    hour = datetime.now(UTC).strftime("%Y%m%d%H")
    key = key_for(house().settings.secret_key, "limits")
    return hmac.digest(key, f"{request.remote_addr}\0{hour}".encode(), sha256).hex()[:32]


limiter = Limiter(_nameless, storage_uri="memory://", headers_enabled=False)
per_hour = limiter.limit(
    lambda: f"{current_app.config['ANSWERS_PER_HOUR']} per hour",
    methods=["POST"],
)


def init_guards(app: Flask) -> None:
    """Count in this process alone and forget with the hour."""
    limiter.init_app(app)
