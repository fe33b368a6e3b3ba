"""What protects forms that carry no identity: no token, but no foreign page may send them, and no flood."""

import hmac
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from hashlib import sha256
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from werkzeug.wrappers import Response

from webapp.clock import clock
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


@dataclass(slots=True)
class Hourly:
    """How often each nameless address came in the current hour, in this process alone; forgotten with the hour."""

    hour: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def comes(self, hour: str, name: str) -> int:
        """Count one more coming and return how many there were."""
        with self.lock:
            if hour != self.hour:
                self.hour, self.counts = hour, Counter()
            self.counts[name] += 1
            return self.counts[name]


def per_hour(view: Callable[..., Response]) -> Callable[..., Response]:
    """Answer 429 once an address has sent this form as often in the hour as the settings allow."""

    @wraps(view)
    def limited(*args: Any, **kwargs: Any) -> Response:
        hour = clock().strftime("%Y%m%d%H")
        hourly: Hourly = current_app.extensions["pingyi_hourly"]
        if hourly.comes(hour, _nameless(hour)) > current_app.config["ANSWERS_PER_HOUR"]:
            abort(429)
        return view(*args, **kwargs)

    return limited


def _nameless(hour: str) -> str:
    """Stands for an address at one form for one hour; without the key nobody can tell for which."""
    key = key_for(house().settings.secret_key, "limits")
    return hmac.digest(key, f"{request.endpoint}\0{request.remote_addr}\0{hour}".encode(), sha256).hex()[:32]


def init_guards(app: Flask) -> None:
    """Give the application its counters."""
    app.extensions["pingyi_hourly"] = Hourly()
