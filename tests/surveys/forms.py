"""The demonstration's questionnaires and small forms for tests."""

from functools import cache
from pathlib import Path
from typing import Any

from surveys.instruments.compiling import Plan, compile_form
from surveys.instruments.forms import Form
from surveys.instruments.freezing import UnitFacts
from surveys.instruments.reading import read_folder

FOLDER = Path("demo/questionnaires")
UNITS = tuple(UnitFacts(f"U{n:03}", f"单位{n}", f"苏州市单位{n}", f"Unit {n}", "party") for n in range(1, 102))
CODES = tuple(unit.code for unit in UNITS)


@cache
def forms() -> dict[str, Form]:
    return read_folder(FOLDER)


@cache
def plan(form: str) -> Plan:
    return compile_form(forms()[form], CODES)


def words(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def small_form(*sections: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {"id": "q9_small", "indicator": "SAT_PUBLIC", "title": words("t"), "sections": list(sections), **keys}


def one_of(name: str, *codes: str, **keys: Any) -> dict[str, Any]:
    options = [{"code": code, "label": words(code)} for code in codes]
    return {"id": name, "type": "select_one", "label": words(name), "options": options, **keys}
