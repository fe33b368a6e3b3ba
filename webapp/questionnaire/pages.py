"""The pages of a questionnaire after its first bytes; the same for the open link and for an invitation."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import Any

from flask import g
from werkzeug.wrappers import Response

from surveys.fieldwork.blocks import draw_block
from surveys.fieldwork.errors import SubmissionInvalid
from surveys.fieldwork.submissions import Submission, new_submission, read_submission, spell_submission
from surveys.instruments.checking import Checked, Problem, Raw, check
from webapp.clock import clock
from webapp.extensions import house
from webapp.keys import key_for
from webapp.page import page
from webapp.questionnaire.filled import Filled
from webapp.questionnaire.known import Known
from webapp.questionnaire.screens import screens

PICKED = "find"
"""The search field of the unit picker, for those without JavaScript."""
BULK = "bulk"
"""The button that gives every unit of a category one grade, as "party.vs"."""


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody answers: the addresses of each step, the door, what every form carries hidden.

    front: where a reload leads, empty where the form itself is sent again. draft: the name under which the browser
    keeps what is half-filled.
    """

    known: Known
    door_code: str
    degree: str
    front: str
    first: str
    rate: str
    send: str
    draft: str
    hidden: tuple[tuple[str, str], ...] = ()
    preset: str | None = None

    def __post_init__(self) -> None:
        # The page's head asks for it; so it costs the request that stores an answer no statement.
        g.working_year = self.known.year

    def spell(self, submission: Submission) -> str:
        """A handed-out form as its hidden field."""
        return spell_submission(submission, _secret())

    def check(self, raw: Raw, submission: Submission) -> Checked | list[Problem]:
        """Check a whole form."""
        blank = "dk" in raw.get("blanks", ())
        plan, block = self.known.survey.plan, submission.block
        return check(plan, raw, block=block, preset=self.preset, blank_grades_are_dk=blank)


def handed_before(way: Way, raw: Raw) -> Submission | None:
    """The form that was handed out before; going back and forth changes no block. None without its good key."""
    try:
        found = read_submission(next(iter(raw.get("key", ())), ""), _secret(), way.known.round.code)
    except SubmissionInvalid:
        return None
    return found if found.door_code == way.door_code else None


def hand_out(way: Way, raw: Raw) -> Submission:
    """Draw a block and hand a form out; nothing is stored."""
    chosen = [code for name in way.known.pickers for code in raw.get(name, ())]
    block = draw_block(way.known.survey.instrument, chosen, SystemRandom())
    return new_submission(way.known.round.code, way.door_code, block, now=clock())


def first_context(way: Way, raw: Raw, problems: Sequence[Problem] = ()) -> dict[str, Any]:
    """What the template of the first page is given."""
    known = way.known
    return {
        **_context(way, raw, problems),
        "screens": screens(known.first, known.units, preset=way.preset),
        "carried": [item for section in known.rest for item in section.items],
        "search_at": way.first,
    }


def first_page(way: Way, raw: Raw, problems: Sequence[Problem] = ()) -> Response:
    """The first page with all that was typed: corrected, on the way back, or after a search without JavaScript."""
    status = 422 if problems else 200
    return private(page("questionnaire/first.html", status=status, **first_context(way, raw, problems)))


def second_page(
    way: Way, raw: Raw, submission: Submission, problems: Sequence[Problem] = (), *, ran_out: bool = False
) -> Response:
    """The page of grades with its key. ran_out: the key that came was none, so that a new one is handed out."""
    known = way.known
    return private(
        page(
            "questionnaire/rate.html",
            status=422 if problems or ran_out else 200,
            **_context(way, raw, problems),
            search_at=way.rate,
            screens=screens(known.rest, known.units, given=raw, block=submission.block, preset=way.preset),
            carried=[item for section in known.first for item in section.items],
            key=way.spell(submission),
            ran_out=ran_out,
            blanks=[problem for problem in problems if problem.item in known.long_grids],
        )
    )


def refused(way: Way, raw: Raw, submission: Submission, problems: Sequence[Problem]) -> Response:
    """The page on which the first problem stands, with everything kept."""
    if way.known.state(clock()) != "open":
        return too_late(way)
    on_first = {item.id for section in way.known.first for item in section.items}
    if any(problem.item in on_first for problem in problems):
        return first_page(way, raw, problems)
    return second_page(way, raw, submission, problems)


def in_bulk(way: Way, raw: dict[str, list[str]]) -> Raw:
    """What was typed with one grade for every unit of the category whose button was pressed."""
    category, _dot, code = next(iter(raw.get(BULK, ())), "").partition(".")
    same = {
        f"{name}.{unit.code}": [code]
        for name in way.known.long_grids
        for unit in way.known.units.values()
        if unit.category == category
    }
    return {**raw, **same}


def too_late(way: Way) -> Response:
    """The round takes nothing now; what was typed is still on the device, and the page says so."""
    state = way.known.state(clock())
    return private(page("questionnaire/too_late.html", status=409, way=way, known=way.known, state=state))


def private(response: Response) -> Response:
    """A page with answers on it: nothing on the way may keep it."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _context(way: Way, raw: Raw, problems: Sequence[Problem]) -> dict[str, Any]:
    words = next(iter(raw.get(PICKED, ())), "")
    known = way.known
    filled = Filled(raw, problems, known.units)
    return {"way": way, "known": known, "filled": filled, "words": words, "found": known.found(words)}


def _secret() -> bytes:
    return key_for(house().settings.secret_key, "submissions")
