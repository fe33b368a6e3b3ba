"""The agency's desk: batches of forms typed from paper or taken down by an interviewer."""

from flask import Blueprint

agency = Blueprint("agency", __name__, url_prefix="/agency")

from webapp.agency import batches, desk, paper  # noqa: E402, F401 - the views hang themselves at the blueprint above
