"""The receipt, as a page."""

from datetime import datetime

import segno
from flask import url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from surveys.counting.receipts import Receipt
from webapp.page import page
from webapp.questionnaire.pages import Way, private


def receipt_page(way: Way, receipt: Receipt, *, now: datetime) -> Response:
    """Show a receipt that was stored: its short code in groups, and the same as a QR code."""
    groups = receipt.code.split("-")
    shown = page(
        "questionnaire/receipt.html",
        way=way,
        known=way.known,
        receipt=receipt,
        lines=["-".join(groups[:2]), "-".join(groups[2:])],
        qr=_qr(url_for("verify.verify", _external=True) + "#" + receipt.code),
        today=now,
    )
    return private(shown)


def _qr(address: str) -> Markup:
    """An address as SVG of our own making, black on white, two modules of margin."""
    # A mask of our choosing: trying all eight would take longer than all the rest of the request.
    drawn = segno.make(address, error="m", micro=False, mask=2)
    return Markup(drawn.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None))  # noqa: S704
