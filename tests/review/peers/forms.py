"""The form of the reconstructed evaluation, with a city of four units and one of 101."""

from pathlib import Path

import yaml

from review.peers.form import form_from_rubrics, read_form

RUBRICS = yaml.safe_load(Path("demo/rubrics.yaml").read_text("utf-8"))
PLAIN = form_from_rubrics(RUBRICS)
FORM = read_form(PLAIN)


def form_of(count):
    """The form with `count` units U001, U002, … in one category."""
    units = [
        {"code": f"U{n:03d}", "zh": f"第{n}单位", "en": f"Unit {n}", "category": "P"} for n in range(1, count + 1)
    ]
    return read_form(PLAIN | {"units": units})
