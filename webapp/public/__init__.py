"""What everybody may read: who is assessed and why, each unit's page, notices, privacy, results where shown."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from rounds.open_doors import open_rounds
from units.announcing import announcement
from units.notices import notices_for
from units.searching import by_category, matching, unit_cards, unit_shown, year_shown
from webapp.clock import clock
from webapp.extensions import db
from webapp.language import today
from webapp.page import page
from webapp.public.asking import wanted_year

public = Blueprint("public", __name__)

NOTICES_ON_HOME = 3


@public.get("/")
def home() -> Response:
    """Say what is asked, of whom, how long it takes, and let people find a unit."""
    year = year_shown(db.session())
    cards = unit_cards(db.session(), year.id) if year else []
    return page(
        "public/home.html",
        year=year,
        rounds=open_rounds(db.session(), year.id, now=clock()) if year else [],
        total=len(cards),
        categories=by_category(cards),
        notices=notices_for(db.session(), "public", today=today(clock()), most=NOTICES_ON_HOME),
    )


@public.get("/units")
def units() -> Response:
    """List the units by category, or those that fit what was typed."""
    wanted = wanted_year()
    year = year_shown(db.session(), wanted)
    cards = unit_cards(db.session(), year.id) if year else []
    words = request.args.get("q", "")
    return page(
        "public/units.html",
        "public/_found.html",
        year=year,
        year_wanted=wanted,
        words=words,
        total=len(cards),
        found=matching(cards, words),
        categories=by_category(cards),
    )


@public.get("/units/<code>")
def unit(code: str) -> Response:
    """Show a unit's mandate, what people come to it for, and its public entries."""
    year = year_shown(db.session(), wanted_year())
    shown = unit_shown(db.session(), year, code)
    rounds = open_rounds(db.session(), shown.year.id, now=clock())
    return page("public/unit.html", unit=shown, rounds=rounds)


@public.get("/notices")
def notices() -> Response:
    """Show what the office tells the public."""
    return page("public/notices.html", notices=notices_for(db.session(), "public", today=today(clock())))


@public.get("/privacy")
def privacy() -> Response:
    """Say who asks, why, what is kept, how long, and what is not."""
    year = year_shown(db.session())
    return page("public/privacy.html", rounds=open_rounds(db.session(), year.id, now=clock()) if year else [])


@public.get("/anonymity")
def anonymity() -> Response:
    """Say in plain words what each degree of identity keeps, and what it can't."""
    return page("public/anonymity.html")


@public.get("/results")
def results() -> Response:
    """Show the items of the result that the year's table lets out to the public."""
    return page("public/results.html", announcement=announcement(db.session()))
