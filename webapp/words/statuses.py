"""What a page says for each HTTP status that no domain error explains better."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class Refusal:
    """What happened, whether it counts, what to do."""

    title: LazyString
    lead: LazyString
    next: LazyString | None = None


STATUSES: dict[int, Refusal] = {
    400: Refusal(
        _l("The request could not be read"),
        _l("Something in it is missing or has run out. Nothing was saved or changed."),
        _l("Go back, load the page again and send the form once more."),
    ),
    403: Refusal(
        _l("This page belongs to another desk"),
        _l("Your account has no right to it. Nothing was changed."),
        _l("If it should be yours, ask the Performance Office to add the right."),
    ),
    404: Refusal(
        _l("There is no such page"),
        _l("The address is wrong, or the page has been taken down."),
        _l("Check the address, or look for the unit by its name."),
    ),
    405: Refusal(
        _l("This address can't be used that way"),
        _l("It takes a form that was sent from a page. Nothing was changed."),
        _l("Open the page first, then send its form."),
    ),
    409: Refusal(
        _l("Meanwhile something has changed"),
        _l("What you sent no longer fits what is kept. It was not saved."),
        _l("Load the page again, look at what stands there now, then decide."),
    ),
    410: Refusal(
        _l("This page is no longer kept"),
        _l("It was taken down on purpose and will not come back."),
    ),
    413: Refusal(
        _l("What you sent is too large"),
        _l("It was not received and nothing was changed."),
        _l("Send a smaller file, or fewer fields at a time."),
    ),
    415: Refusal(
        _l("This kind of content is not taken here"),
        _l("The page takes a form from a browser. Nothing was changed."),
    ),
    422: Refusal(
        _l("Some entries need to be corrected"),
        _l("Nothing was saved yet."),
        _l("Go back, correct the entries named there and send the form again."),
    ),
    429: Refusal(
        _l("Too many requests in a short time"),
        _l("This one was not carried out."),
        _l("Wait a minute, then try again."),
    ),
    500: Refusal(
        _l("Something went wrong on our side"),
        _l("What you sent last may not have been saved."),
        _l("Try again in a few minutes; if it fails again, call us with the reference below."),
    ),
    503: Refusal(
        _l("Not saved: the platform is busy"),
        _l("What you sent was not saved."),
        _l("Keep this page open and try again in a minute."),
    ),
}
