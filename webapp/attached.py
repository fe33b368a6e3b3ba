"""A unit's files on their way out: pictures in place, everything else as a download."""

from io import BytesIO

from flask import abort, send_file
from werkzeug.wrappers import Response

from units.attachments import Attachment
from webapp.extensions import house

# A file is data from outside: it may neither run a script nor load anything.
SANDBOX = "default-src 'none'; sandbox"


def send_attached(attachment: Attachment) -> Response:
    """The file itself: shown in place where it is a PNG or JPG, else saved by the browser."""
    content = house().storage.get(attachment.sha256)
    return _sent(content, attachment.media_type, attachment.name, attachment.inline)


def send_picture_of_page(attachment: Attachment, number: int) -> Response:
    """The picture of one page of a PDF, numbered from 1; 404 where there is none."""
    page = next((one for one in attachment.pages if one.number == number), None)
    if page is None:
        abort(404)
    return _sent(house().storage.get(page.sha256), "image/jpeg", f"{number}.jpg", inline=True)


def _sent(content: bytes, media_type: str, name: str, inline: bool) -> Response:
    response = send_file(BytesIO(content), media_type, as_attachment=not inline, download_name=name)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
