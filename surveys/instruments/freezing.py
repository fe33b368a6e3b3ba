"""A form and its units as the document that a freeze fixes, and back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from database.canonical import canonical
from surveys.instruments.forms import Form, Item, Option, Scale, Section, Words
from surveys.instruments.reading import read_form

EDITION = "pingyi/questionnaire/1"


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What a questionnaire says of an assessed unit; the order of units is that of the list, and of the index."""

    code: str
    short_name_zh: str
    name_zh: str
    name_en: str
    category: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A form together with the units it asks about."""

    form: Form
    units: tuple[UnitFacts, ...]


def freeze_document(form: Form, units: Sequence[UnitFacts]) -> bytes:
    """Spell form and units as canonical JSON; `thaw` gives them back.

    A form is spelt as its file is (demo/questionnaires/README.md), with borrowed options written out.
    """
    return canonical(
        {
            "edition": EDITION,
            **form_document(form),
            "units": [[unit.code, unit.short_name_zh, unit.name_zh, unit.name_en, unit.category] for unit in units],
        }
    )


def thaw(document: bytes) -> Instrument:
    """Read a frozen document. Raises FormFaulty where it is none."""
    data = json.loads(document)
    return Instrument(read_form(data["form"], data["scales"]), tuple(UnitFacts(*unit) for unit in data["units"]))


def form_document(form: Form) -> dict[str, Any]:
    """Spell a form and its scales as plain data in the shape of their files: the draft of a round."""
    return {"form": _form(form), "scales": {code: _scale(scale) for code, scale in form.scales.items()}}


def _form(form: Form) -> dict[str, Any]:
    return {
        **form.hints,
        "id": form.id,
        "version": form.version,
        "indicator": form.indicator,
        "title": _words(form.title),
        "audience": list(form.audience),
        "channels": list(form.channels),
        "estimated_minutes": form.minutes,
        "header": dict(form.header),
        "preset": {"unit": "from_sample"} if form.preset_unit else {},
        "sections": [_section(section) for section in form.sections],
        "interviewer_close": [_item(item) for item in form.closing],
    }


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _present(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, False)}


def _scale(scale: Scale) -> dict[str, Any]:
    options = [_option(option) for option in scale.options]
    return {"label": _words(scale.label), "positive": list(scale.positive), "options": options}


def _option(option: Option) -> dict[str, Any]:
    flags = {"dont_know": option.dont_know, "ask_reason": option.ask_reason, "terminate": option.terminate}
    value = None if option.value is None else _number(option.value)
    return {"code": option.code, "label": _words(option.label), **_present({"value": value, **flags})}


def _number(value: Decimal) -> str:
    return f"{value:.3f}"


def _section(section: Section) -> dict[str, Any]:
    where = _present({"relevant": section.relevant_source, "foreach": section.foreach})
    return {"id": section.id, **where, "items": [_item(item) for item in section.items]}


def _item(item: Item) -> dict[str, Any]:
    flags = {"required": item.required, "reference_only": item.reference_only, "pii": item.pii}
    links = {"scale": item.scale, "relevant": item.relevant_source, "dimension": item.dimension}
    words = {"hint": item.hint and _words(item.hint), "oral_zh": item.oral_zh, "rows_from": item.rows_from}
    limits = {"max_choices": item.max_choices, "max_length": item.max_length}
    borrowed = item.scale or not item.options
    return {
        **item.hints,
        "id": item.id,
        "type": item.type,
        "label": _words(item.label),
        **limits,
        **_present({**flags, **links, **words}),
        **({} if borrowed else {"options": [_option(option) for option in item.options]}),
    }
