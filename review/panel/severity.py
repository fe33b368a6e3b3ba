"""How strict each rater is with everybody, and scores with that taken out. For information only."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEW_SHEETS = 10
"""Below this many sheets of a rater the severities are shrunk towards 0."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One complete sheet: who scored whom with what total (0-100)."""

    unit: str
    rater: str
    total: int


@dataclass(frozen=True, slots=True)
class Severities:
    """b_j of every rater, in points: above 0 is lenient. They add up to 0 within a component.

    comparable: all sheets hang together, so units may be compared across the whole table.
    sigma: standard deviation of what is left, None where no degree of freedom is.
    """

    by_rater: dict[str, float]
    comparable: bool
    sigma: float | None
    shrunk: bool


def severities(sheets: Sequence[Scored]) -> Severities | None:
    """Additive least squares y_ij = a_i + b_j + e_ij over the sheets; None of no sheets.

    Solved for b alone: (diag(c) - N'R^-1 N) b = t, smallest norm, hence sum 0 in each connected component.
    If a rater has fewer than FEW_SHEETS sheets, b comes from ridge with lambda = s2_e / s2_b (method of
    moments; s2_b <= 0 gives b = 0). Without a degree of freedom s2_e is unknown: then None.
    A constant rater is a rater like others. Source: docs/rules.md, "Panel".
    """
    if not sheets:
        return None
    units = {code: row for row, code in enumerate(sorted({sheet.unit for sheet in sheets}))}
    raters = {code: column for column, code in enumerate(sorted({sheet.rater for sheet in sheets}))}
    present = np.zeros((len(units), len(raters)))
    totals = np.zeros_like(present)
    for sheet in sheets:
        place = units[sheet.unit], raters[sheet.rater]
        present[place] = 1.0
        totals[place] = sheet.total
    matrix, right = _normal_equations(present, totals)
    parts = _components(present)
    severity: NDArray[np.float64] = np.linalg.lstsq(matrix, right, rcond=None)[0].astype(np.float64)
    sigma = _sigma(present, totals, severity, parts)
    shrunk = bool(present.sum(axis=0).min() < FEW_SHEETS)
    if shrunk:
        if sigma is None:
            return None
        severity = _shrunk(matrix, right, severity, sigma, parts)
    return Severities(
        by_rater={code: float(severity[column]) for code, column in raters.items()},
        comparable=parts == 1,
        sigma=sigma,
        shrunk=shrunk,
    )


def _normal_equations(
    present: NDArray[np.float64], totals: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    per_unit = present.sum(axis=1)
    matrix = np.diag(present.sum(axis=0)) - present.T @ (present / per_unit[:, None])
    left_over = present * (totals - (totals.sum(axis=1) / per_unit)[:, None])
    return matrix, left_over.sum(axis=0)


def _components(present: NDArray[np.float64]) -> int:
    """Number of groups of raters that share no unit, not even through others."""
    linked = present.T @ present > 0
    labels = np.arange(len(linked))
    while True:
        smallest = np.where(linked, labels, len(labels)).min(axis=1)
        if np.array_equal(smallest, labels):
            return len(np.unique(labels))
        labels = smallest


def _sigma(
    present: NDArray[np.float64], totals: NDArray[np.float64], severity: NDArray[np.float64], parts: int
) -> float | None:
    freedom = int(present.sum()) - present.shape[0] - present.shape[1] + parts
    if freedom <= 0:
        return None
    corrected = present * (totals - severity)
    rest = present * (corrected - (corrected.sum(axis=1) / present.sum(axis=1))[:, None])
    return float(np.sqrt((rest**2).sum() / freedom))


def _shrunk(
    matrix: NDArray[np.float64],
    right: NDArray[np.float64],
    severity: NDArray[np.float64],
    sigma: float,
    parts: int,
) -> NDArray[np.float64]:
    noise = sigma**2 * float(np.trace(np.linalg.pinv(matrix, hermitian=True)))
    between = (float(severity @ severity) - noise) / max(len(severity) - parts, 1)
    if between <= 0:
        return np.zeros_like(severity)
    shift = np.eye(len(severity)) * sigma**2 / between
    return np.linalg.solve(matrix + shift, right).astype(np.float64)
