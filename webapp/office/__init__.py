"""The Performance Office's desk: what is to be done, rounds, units, accounts, verification, results."""

from webapp.office import (
    accounts,
    approvals,
    board,
    exports,
    invitations,
    rounds,
    specials,
    standings,
    submissions,
    units,
    visibility,
    year,
)
from webapp.office.desk import office

__all__ = [
    "accounts",
    "approvals",
    "board",
    "exports",
    "invitations",
    "office",
    "rounds",
    "specials",
    "standings",
    "submissions",
    "units",
    "visibility",
    "year",
]
