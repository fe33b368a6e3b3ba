"""What is wrong with a cell of a lead's table, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from scoring.errors import EntryFault

if TYPE_CHECKING:
    from webapp.lead.reading import WrongCell

_WHY_AND_BASIS = _l(
    "A deduction needs its reason and its basis (document number). Nothing secret here: write “kept by the lead for "
    "inspection” instead."
)
_RANGE = _l("Give 0 to %(told)s.")

# code -> what is wrong, how to mend it
FAULTS: dict[str, tuple[LazyString, LazyString]] = {
    "head": (
        _l("the heading should be “%(told)s”"),
        _l("Use the template of this page and leave its first row alone."),
    ),
    "stranger": (_l("there is no unit with the code “%(typed)s”"), _l("Perhaps %(told)s is meant.")),
    "twice": (_l("%(typed)s stands here twice, the other time in row %(told)s"), _l("Delete one of the two rows.")),
    "name": (_l("the name is “%(typed)s”"), _l("The code belongs to %(told)s: has a row slipped?")),
    "not_yours": (_l("this cell isn't yours to score"), _l("Leave it empty.")),
    "not_a_number": (_l("“%(typed)s” is no number"), _l("Give a number, for example 5.5; at most %(told)s.")),
    "out_of_range": (_l("%(typed)s isn't between 0 and %(told)s"), _RANGE),
    "too_fine": (_l("%(typed)s has more than three decimals"), _l("Give at most three decimals.")),
    "empty": (_l("the cell is empty"), _l("Give %(told)s where nothing is deducted; don't leave it empty.")),
    "no_reason": (_l("points were deducted and no reason is given"), _WHY_AND_BASIS),
    "no_basis": (_l("points were deducted and no basis is given"), _WHY_AND_BASIS),
    "long_reason": (_l("the reason is longer than 500 characters"), _l("Shorten it to 500 characters.")),
    "long_basis": (_l("the basis is longer than 200 characters"), _l("Shorten it to 200 characters.")),
    "applies": (_l("“not applicable” was not approved for this unit"), _RANGE),
    "does_not_apply": (_l("this item doesn't apply to the unit, as was approved"), _l("Write 不适用.")),
    "no_why": (_l("no reason is given for the correction"), _l("Say why it is corrected.")),
}
_TOLD_AS_IT_IS = ("no_reason", "no_basis", "long_reason", "long_basis", "no_why")
_NOBODY = _l("Look the code up in the list of units.")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong cell in words."""

    sentence: str
    mend: str


def wrong_in_words(one: WrongCell) -> Wrong:
    """What is wrong with a cell and how to mend it, in the page's language."""
    facts = {"typed": one.typed, "told": one.told}
    sentence, mend = FAULTS[one.what]
    if one.what == "stranger" and not one.told:
        mend = _NOBODY
    return Wrong(str(sentence) % facts, str(mend) % facts)


def faulty_cell(fault: EntryFault) -> str:
    """A fault of a single corrected cell as one line."""
    facts = {"typed": "", "told": fault.most.rstrip("0").rstrip(".")}
    sentence, mend = FAULTS[fault.what]
    told = sentence if fault.what in _TOLD_AS_IT_IS else mend
    return str(told) % facts
