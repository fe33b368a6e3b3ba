"""The Performance Office's desk: what is to be done, rounds, units, accounts, verification, results."""

from webapp.office import accounts, approvals, board, rounds, standings, submissions, units, visibility, year
from webapp.office.desk import office

__all__ = [
    "accounts",
    "approvals",
    "board",
    "office",
    "rounds",
    "standings",
    "submissions",
    "units",
    "visibility",
    "year",
]
