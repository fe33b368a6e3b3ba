"""What a simulated year hides, written to a file so that later work can be judged by what it recovers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from demo.world import DIMENSIONS, World, panel_severity, peer_severity


def write_truth(world: World, experts: Sequence[str], path: Path) -> None:
    """Write quality per unit and dimension, severity per rater, and what is planted.

    Severities are in the units of `demo.world`; experts: usernames in the panel's order.
    """
    planted = world.planted
    ring = [world.codes[place] for place in planted.ring]
    told = {
        "seed": world.seed,
        "units": {
            code: {
                "truth": _short(world.truth()[place]),
                "known": _short(world.known[place]),
                **dict(zip(DIMENSIONS, map(_short, world.quality[place]), strict=True)),
            }
            for place, code in enumerate(world.codes)
        },
        "expert_severity": dict(zip(experts, map(_short, panel_severity(world, len(experts))), strict=True)),
        "unit_severity": dict(zip(world.codes, map(_short, peer_severity(world)), strict=True)),
        "planted": {
            "ring": ring,
            "burst": {"unit": world.codes[planted.stuffed_unit], "door": "open", "forms": planted.burst_forms},
            "straight_lining_expert": {
                "username": experts[planted.straight_expert],
                "share_of_points": planted.straight_share,
            },
        },
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _short(value: np.float64) -> float:
    return round(float(value), 4)
