"""The hidden truth of a simulated year: how good each unit is, how strict each rater, and what is planted.

Everything here is numpy on arrays and knows no database. Each part draws from a stream of its own
(`World.stream`), so that more answers in one channel don't change the marks of the panel.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Grades = NDArray[np.int8]
Marks = NDArray[np.int64]

DIMENSIONS = ("duty", "service", "integrity", "innovation")
DUTY, SERVICE, INTEGRITY, INNOVATION = range(4)
WEIGHTS = np.array([0.52, 0.20, 0.18, 0.10])
"""Shares of the four emphases of the index tree, in the order of DIMENSIONS."""

COMMON_FACTOR = 0.72
"""Correlation of each dimension with the unit's general quality: two dimensions correlate by its square."""

SATISFACTION = ("vs", "s", "bs", "d", "vd", "dk")
DONT_KNOW = 5
SATISFACTION_CUTS = np.array([0.15, -1.15, -2.15, -2.75])
"""Latent opinion above the first cut is "very satisfied", below the last "very dissatisfied"."""

PEER_GRADES = ("A", "B", "C", "D", "dk")
PEER_DONT_KNOW = 4


@dataclass(frozen=True, slots=True)
class Planted:
    """The irregularities hidden in the year, by position of the unit or expert in the world's lists."""

    ring: tuple[int, ...]
    stuffed_unit: int
    burst_forms: int
    straight_expert: int
    straight_share: float


@dataclass(frozen=True)
class World:
    """Units with their hidden quality (standard normal per dimension) and the share of strangers who know them."""

    seed: int
    codes: tuple[str, ...]
    categories: tuple[str, ...]
    quality: Reals
    known: Reals
    planted: Planted

    def stream(self, name: str) -> Generator:
        """The random stream of one part of the year; the same seed and name give the same draws."""
        return Generator(PCG64(SeedSequence([self.seed, zlib.crc32(name.encode())])))

    def truth(self) -> Reals:
        """Overall hidden quality of each unit: the dimensions weighted like the index tree."""
        overall: Reals = self.quality @ WEIGHTS
        return overall


def make_world(
    seed: int,
    codes: Sequence[str],
    categories: Sequence[str],
    well_known: Sequence[bool],
    ring: Sequence[int],
    experts: int,
) -> World:
    """Draw the hidden truth of one year.

    well_known: units that citizens meet (they have search topics); ring: positions of the units that
    favour one another, the first of which also gets the stuffed forms.
    """
    draw = Generator(PCG64(SeedSequence([seed, zlib.crc32(b"world")])))
    size = len(codes)
    general = draw.standard_normal((size, 1))
    own = draw.standard_normal((size, len(DIMENSIONS)))
    quality = COMMON_FACTOR * general + np.sqrt(1 - COMMON_FACTOR**2) * own
    base = np.where(np.asarray(well_known), 0.72, 0.42)
    known = np.clip(base + draw.normal(0, 0.07, size), 0.2, 0.95)
    planted = Planted(
        ring=tuple(ring),
        stuffed_unit=ring[0],
        burst_forms=60,
        straight_expert=int(draw.integers(experts)),
        straight_share=0.9,
    )
    return World(seed, tuple(codes), tuple(categories), quality, known, planted)


def satisfaction(draw: Generator, quality: Reals, severity: Reals | float, known: Reals | float) -> Grades:
    """Grades on the five-grade scale, as positions in SATISFACTION.

    A graded response: latent opinion = 0.55 quality − severity + noise, cut at SATISFACTION_CUTS; with
    probability 1 − known the answer is "don't know".
    """
    latent = 0.55 * quality - severity + draw.normal(0, 1.0, quality.shape)
    grades = np.searchsorted(-SATISFACTION_CUTS, -latent).astype(np.int8)
    grades[draw.random(quality.shape) >= known] = DONT_KNOW
    return grades


def panel_severity(world: World, experts: int) -> Reals:
    """How strict each expert is, as a share of a sheet's 100 points: 0.03 costs every unit three points."""
    return world.stream("panel severity").normal(0, 0.03, experts)


def peer_severity(world: World) -> Reals:
    """How strict each unit is with the others, in units of the latent opinion."""
    return world.stream("peer severity").normal(0, 0.4, len(world.codes))


def panel_marks(world: World, experts: int, points: Sequence[int], dimension: int, name: str) -> Marks:
    """Whole marks of one rubric, shape (experts, units, criteria), each 0 to the criterion's points.

    A sheet's latent share is 0.84 + 0.05 quality − severity + noise, a criterion's scatters around it. The
    straight-lining expert gives each criterion the same share everywhere.
    """
    draw = world.stream(f"panel {name}")
    severity = panel_severity(world, experts)
    size = len(world.codes)
    share = 0.84 + 0.05 * world.quality[:, dimension] - severity[:, None] + draw.normal(0, 0.035, (experts, size))
    marks_share = share[:, :, None] + draw.normal(0, 0.02, (experts, size, len(points)))
    if experts > 1:
        marks_share[world.planted.straight_expert] = world.planted.straight_share
    most = np.asarray(points)
    marks: Marks = np.clip(np.rint(marks_share * most), 0, most).astype(np.int64)
    return marks


def peer_grades(world: World, items: int, most_a: int, most_d: int) -> Grades:
    """Mutual evaluation, shape (raters, targets, items), positions in PEER_GRADES; −1 where a unit meets itself.

    Quotas are whole percents of a rater's targets, per item and rounded down: most_a for A, most_d for D. Units of
    one category know each other better. Those in the ring give one another A.
    """
    draw = world.stream("peers")
    size = len(world.codes)
    severity = peer_severity(world)
    category = np.asarray(world.categories)
    same = category[:, None] == category[None, :]
    meets = draw.random((size, size)) < np.where(same, 0.92, np.clip(world.known + 0.18, 0, 0.95)[None, :])
    ring = np.zeros((size, size), dtype=bool)
    ring[np.ix_(world.planted.ring, world.planted.ring)] = True
    meets |= ring
    mine = np.array([DUTY, SERVICE, INNOVATION])[np.arange(items) % 3]
    halo = draw.normal(0, 0.5, (size, size))
    grades = np.empty((size, size, items), dtype=np.int8)
    for item in range(items):
        latent = world.quality[:, mine[item]][None, :] + halo - severity[:, None] + draw.normal(0, 0.5, (size, size))
        latent[ring] = 9.0
        grades[:, :, item] = _within_quota(latent, meets, most_a * (size - 1) // 100, most_d * (size - 1) // 100)
    grades[np.arange(size), np.arange(size)] = -1
    return grades


def _within_quota(latent: Reals, meets: NDArray[np.bool_], most_a: int, most_d: int) -> Grades:
    """One item: own cuts at 0.6, −0.7, −1.9, then the best may be A and the worst D until the quota is full."""
    wanted = np.searchsorted([-0.6, 0.7, 1.9], -latent).astype(np.int8)
    for rater in range(len(latent)):
        seen = meets[rater].copy()
        seen[rater] = False
        order = np.argsort(-latent[rater], kind="stable")
        order = order[seen[order]]
        best = order[wanted[rater, order] == 0]
        worst = order[wanted[rater, order] == 3][::-1]
        wanted[rater, best[most_a:]] = 1
        wanted[rater, worst[most_d:]] = 2
    return np.where(meets, wanted, np.int8(PEER_DONT_KNOW))


def lead_shares(world: World, leaf: str, dimension: int) -> Reals:
    """Share of a level-3 item's points that its lead gives each unit: near the top, 0.70 to 1 in hundredths."""
    draw = world.stream(f"lead {leaf}")
    noise = draw.normal(0, 0.015, len(world.codes))
    share: Reals = np.clip(0.97 + 0.04 * world.quality[:, dimension] + noise, 0.70, 1.0)
    return share.round(2)
