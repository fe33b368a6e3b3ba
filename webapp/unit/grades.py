"""The grid as it is posted: one radio group a cell, named by unit and item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from review.peers.form import Form, Target
from review.peers.limits import Cell


def cell_name(target: str, item: str) -> str:
    """The name of a cell's radio buttons."""
    return f"{target}.{item}"


def posted_grades(posted: Mapping[str, str], form: Form, targets: Iterable[Target]) -> dict[Cell, str]:
    """The grades chosen for these units; a cell without a choice is left out."""
    cells = ((target.code, item.code) for target in targets for item in form.items)
    return {cell: posted[cell_name(*cell)] for cell in cells if posted.get(cell_name(*cell))}
