"""What the questionnaires need of an application before its first request."""

from collections.abc import Sequence
from typing import Any

from flask.sansio.blueprints import BlueprintSetupState

from surveys.instruments.freezing import UnitFacts
from webapp.questionnaire.filled import Filled
from webapp.questionnaire.first_page import init_first_pages
from webapp.questionnaire.guards import init_guards
from webapp.questionnaire.known import Known, Surveys
from webapp.questionnaire.screens import breaking, by_category, spoken, unit_name, values_data
from webapp.words.categories import category_name

MOST_FOUND = 8


def picked_first(known: Known, filled: Filled, name: str, found: Sequence[UnitFacts]) -> list[UnitFacts]:
    """The units that stand on top of a picker: those chosen, then the likeliest of those found."""
    chosen = [known.units[code] for code in filled.raw.get(name, ()) if code in known.units]
    return list(dict.fromkeys((*chosen, *found[:MOST_FOUND])))


def set_up(state: BlueprintSetupState) -> None:
    """Give the application its memory of surveys and pages, the limiter, and templates their words."""
    app: Any = state.app
    app.extensions["pingyi_surveys"] = Surveys()
    init_first_pages(app)
    init_guards(app)
    app.jinja_env.filters["breaking"] = breaking
    app.jinja_env.globals.update(
        by_category=by_category,
        category_name=category_name,
        picked_first=picked_first,
        spoken=spoken,
        unit_name=unit_name,
        values_data=values_data,
    )
