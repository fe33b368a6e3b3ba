"""What machines ask: whether the service is alive."""

from flask import Blueprint
from sqlalchemy import text
from werkzeug.wrappers import Response

from webapp.extensions import db

meta = Blueprint("meta", __name__)


@meta.get("/healthz")
def healthz() -> Response:
    """Answer "ok" where the database answers."""
    db.session.execute(text("SELECT 1"))
    return Response("ok\n", mimetype="text/plain")
