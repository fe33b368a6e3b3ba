"""Security headers: one function for pages, errors and static files alike."""

from collections.abc import MutableMapping

from flask import Flask, Response, request
from flask_login import current_user

POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "img-src 'self' data:"
)


def add_headers(headers: MutableMapping[str, str], *, secure: bool) -> None:
    """Add what every answer carries; a header that the view set stays."""
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


def init_headers(app: Flask) -> None:
    """Attach the headers; what a signed-in person sees is never stored by the browser."""

    @app.after_request
    def attach(response: Response) -> Response:
        add_headers(response.headers, secure=bool(app.config["SESSION_COOKIE_SECURE"]))
        if request.endpoint and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store" if current_user.is_authenticated else "no-cache"
        return response
