"""What rubrics refuse, as facts; webapp/words/panel.py holds the words."""

from dataclasses import dataclass

from review.errors import ReviewError


@dataclass
class RubricFault(ReviewError):
    """The file of rubrics is wrong at one place.

    place: the way to the value, e.g. `rubrics[0].criteria[2].bands[1].max`.
    fault: missing, not_text, not_whole, not_list, negative, repeated, points_differ, gap or unknown_object.
    """

    place: str
    fault: str
