"""Handing out what units attached: never as something that a browser would run."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, abort

from units.attachments import Attachment
from webapp.extensions import house

_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def send_attachment(file: Attachment | None) -> Response:
    """The bytes of a file, 404 for None: PNG and JPG in place, every other kind to be saved."""
    if file is None:
        abort(404)
    way = "inline" if file.inline else "attachment"
    return _sent(house().storage.get(file.sha256), file.media_type, f"{way}; filename*=UTF-8''{quote(file.name, '')}")


def send_page(file: Attachment | None, number: int) -> Response:
    """The picture of one page of a PDF, numbered from 1; 404 where there is none."""
    page = next((page for page in file.pages if page.number == number), None) if file else None
    if page is None:
        abort(404)
    return _sent(house().storage.get(page.sha256), "image/jpeg", "inline")


def _sent(content: bytes, media_type: str, disposition: str) -> Response:
    response = Response(content, content_type=media_type)
    response.headers["Content-Disposition"] = disposition
    response.headers["Content-Security-Policy"] = _SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
