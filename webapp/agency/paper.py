"""The questionnaire on paper: A4, with the numbers by which it is typed."""

from random import SystemRandom

from flask import abort
from werkzeug.wrappers import Response

from surveys.fieldwork.blocks import draw_block
from webapp.agency.desk import agency
from webapp.agency.doors import taken_down
from webapp.agency.typed import Sheet, numbered
from webapp.clock import clock
from webapp.extensions import db
from webapp.page import page
from webapp.questionnaire.known import known_surveys


@agency.get("/rounds/<code>/paper")
def paper(code: str) -> Response:
    """A print page of one form; each time it is opened it draws a block of its own."""
    known = known_surveys().get(db.session(), code, now=clock())
    if not taken_down(known):
        abort(404)
    drawn = draw_block(known.survey.instrument, (), SystemRandom())
    sheet = Sheet(known.survey.form, known.units)
    return page("agency/paper.html", known=known, sheet=sheet, drawn=drawn, numbered=numbered)
