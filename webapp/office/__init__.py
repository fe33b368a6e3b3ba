"""The Performance Office's desk: what is to be done, rounds, units, accounts, verification, results."""

from webapp.office import approvals, board, rounds, standings, visibility, year
from webapp.office.desk import office

__all__ = ["approvals", "board", "office", "rounds", "standings", "visibility", "year"]
