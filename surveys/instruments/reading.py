"""Questionnaire files to forms: YAML, or the frozen JSON, which has the same shape.

The format is described in demo/questionnaires/README.md.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from surveys.instruments.conditions import Condition
from surveys.instruments.errors import BadCondition, Fault, FormFaulty
from surveys.instruments.forms import TYPES, Form, Item, Option, Scale, Section, Words
from surveys.instruments.parsing import parse
from surveys.instruments.shapes import Shapes

_ITEM_KEYS = frozenset(
    {"id", "type", "label", "options", "scale", "required", "relevant", "dimension", "reference_only", "pii"}
    | {"max_choices", "max_length", "rows_from", "hint", "oral_zh", "options_from", "asked"}
)
_FORM_KEYS = frozenset(
    {"id", "version", "indicator", "title", "audience", "channels", "estimated_minutes", "header", "preset"}
    | {"sections", "interviewer_close", "scales"}
)


def read_folder(folder: Path, *, switched_on: Collection[str] = ()) -> dict[str, Form]:
    """Read every `q*.yaml` of a folder, with its `scales.yaml`; form id -> form.

    switched_on: ids of items that stay although the file says `asked: false`.
    Raises FormFaulty with all faults of all files; then no form is returned.
    """
    scales = _yaml(folder / "scales.yaml")
    data = {path.stem: _yaml(path) for path in sorted(folder.glob("q*.yaml"))}
    forms, faults = {}, list[Fault]()
    for name, form in data.items():
        try:
            forms[name] = read_form(form, scales, others=data, switched_on=switched_on)
        except FormFaulty as refused:
            faults += refused.faults
    if faults:
        raise FormFaulty(tuple(faults))
    return forms


def read_form(
    data: Mapping[str, Any],
    scales: Mapping[str, Any],
    *,
    others: Mapping[str, Mapping[str, Any]] | None = None,
    switched_on: Collection[str] = (),
) -> Form:
    """Read one form from plain data.

    scales: as in `scales.yaml`; others: the forms that `options_from` may borrow from, by id.
    Raises FormFaulty with every fault found, each with its place.
    """
    reader = _Reader(str(data.get("id") or "?"), others or {}, switched_on)
    form = reader.form(data, scales)
    if reader.faults:
        raise FormFaulty(tuple(reader.faults))
    return form


def _yaml(path: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise FormFaulty((Fault(f"{path.name}:{mark.line + 1 if mark else '?'}", "not_yaml"),)) from error
    if not isinstance(found, dict):
        raise FormFaulty((Fault(path.name, "not_a_mapping"),))
    return found


def _hint(value: Any) -> Any:
    # A float has no one spelling, so a frozen document holds it as text.
    if isinstance(value, float):
        return str(value)
    if isinstance(value, dict):
        return {str(key): _hint(inner) for key, inner in value.items()}
    return [_hint(inner) for inner in value] if isinstance(value, list) else value


class _Reader(Shapes):
    """Reads one form. known: the ids met so far, None for a section."""

    def __init__(self, form: str, others: Mapping[str, Mapping[str, Any]], switched_on: Collection[str]) -> None:
        super().__init__(form)
        self.home, self.others, self.switched_on = form, others, switched_on
        self.scales: dict[str, Scale] = {}
        self.known: dict[str, Item | None] = {}

    def form(self, data: Mapping[str, Any], scales: Mapping[str, Any]) -> Form:
        """Read the whole form."""
        self.scales = {code: self.scale(code, self.mapping(scales, code)) for code in map(str, scales)}
        self.where = self.home
        design = self.mapping(data, "design")
        read = [self.section(section) for section in self.mappings(data, "sections")]
        sections = tuple(section for section in read if section.items)
        self.where = f"{self.home}: interviewer_close"
        closing = tuple(self.item(item, self.where) for item in self.mappings(data, "interviewer_close"))
        used = {item.scale for section in sections for item in section.items} | {item.scale for item in closing}
        self.where = self.home
        return Form(
            id=self.code(data.get("id")),
            version=self.number(data, "version", 1, 1, 10_000),
            indicator=self.code(data.get("indicator")),
            title=self.words(data.get("title")),
            audience=self.codes(data, "audience"),
            channels=self.codes(data, "channels"),
            minutes=self.number(data, "estimated_minutes", 0, 0, 600),
            header={key: str(value) for key, value in self.mapping(data, "header").items()},
            preset_unit="unit" in self.mapping(data, "preset"),
            block_size=self.number(design, "random_block_size", 0, 0, 1000),
            block_strata=self.text(design, "block_strata"),
            sections=sections,
            closing=closing,
            scales={code: scale for code, scale in self.scales.items() if code in used},
            hints={key: _hint(value) for key, value in data.items() if key not in _FORM_KEYS},
        )

    def scale(self, code: str, data: Mapping[str, Any]) -> Scale:
        """Read a shared scale."""
        self.where = f"scales: {code}"
        positive = self.codes(data, "positive")
        found = Scale(code, self.words(data.get("label")), self.options(self.mappings(data, "options")), positive)
        for wrong in set(positive) - {option.code for option in found.options}:
            self.fault("unknown_code", wrong)
        return found

    def section(self, data: Mapping[str, Any]) -> Section:
        """Read a section with those of its items that are asked."""
        self.where = f"{self.home}: {data.get('id')}"
        place, code, foreach = self.where, self.code(data.get("id")), self.text(data, "foreach")
        if foreach is not None:
            picker = self.known.get(foreach)
            if picker is None or picker.type != "unit_picker":
                self.fault("foreach_needs_picker", foreach)
        source, relevant = self.condition(data.get("relevant"))
        self.note(code, None)
        asked = [
            item
            for item in self.mappings(data, "items")
            if item.get("asked", True) or str(item.get("id")) in self.switched_on
        ]
        items = tuple(self.item(item, f"{place}.{item.get('id')}") for item in asked)
        if foreach is not None and any(item.type not in _IN_FOREACH for item in items):
            self.fault("type_not_in_foreach", code)
        return Section(code, items, source, relevant, foreach)

    def item(self, data: Mapping[str, Any], place: str) -> Item:
        """Read one item."""
        self.where = place
        kind = str(data.get("type"))
        if kind not in TYPES:
            self.fault("unknown_type", kind)
        scale = self.text(data, "scale")
        if scale is not None and scale not in self.scales:
            self.fault("unknown_scale", scale)
        rows = self.text(data, "rows_from")
        if (kind == "rating_grid") != (rows in ("random_block", "all_units")):
            self.fault("rows_from", rows)
        options = self.scales[scale].options if scale in self.scales else self.options(self.borrowed(data))
        if not options and kind not in ("note", "text", "unit_picker"):
            self.fault("no_options")
        source, relevant = self.condition(data.get("relevant"))
        found = Item(
            id=self.code(data.get("id")),
            type=kind,
            label=self.words(data.get("label")),
            options=options,
            scale=scale,
            required=bool(data.get("required", False)),
            relevant_source=source,
            relevant=relevant,
            dimension=self.text(data, "dimension"),
            reference_only=bool(data.get("reference_only", False)),
            pii=bool(data.get("pii", False)),
            max_choices=self.number(data, "max_choices", 1, 1, 100),
            max_length=self.number(data, "max_length", 500, 1, 10_000),
            rows_from=rows,
            hint=self.words(data["hint"]) if "hint" in data else None,
            oral_zh=self.text(data, "oral_zh"),
            hints={key: _hint(value) for key, value in data.items() if key not in _ITEM_KEYS},
        )
        self.note(found.id, found)
        return found

    def borrowed(self, data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Return an item's own options, or those of the form and item it borrows from."""
        source = self.text(data, "options_from")
        if source is None:
            return self.mappings(data, "options")
        form, _, name = source.partition(".")
        for section in self.mappings(self.others.get(form, {}), "sections"):
            for item in self.mappings(section, "items"):
                if item.get("id") == name:
                    return self.mappings(item, "options")
        self.fault("options_from", source)
        return []

    def options(self, data: Sequence[Mapping[str, Any]]) -> tuple[Option, ...]:
        """Read the options of an item or scale."""
        found = tuple(
            Option(
                code=self.code(option.get("code")),
                label=self.words(option.get("label")),
                value=self.value(option.get("value")),
                dont_know=bool(option.get("dont_know", False)),
                ask_reason=bool(option.get("ask_reason", False)),
                terminate=self.text(option, "terminate"),
            )
            for option in data
        )
        if len({option.code for option in found}) != len(found):
            self.fault("code_twice")
        if len(found) > MOST_OPTIONS:
            self.fault("too_many_options", len(found))
        return found

    def condition(self, source: Any) -> tuple[str | None, Condition | None]:
        """Read a condition, whose names must stand before it; returns its text and its tree."""
        if source is None:
            return None, None
        try:
            found = parse(str(source))
        except BadCondition as refused:
            self.fault("bad_condition", f"{source} @{refused.at}")
            return str(source), None
        for name in found.names():
            if name not in self.known:
                self.fault("condition_looks_ahead", name)
        return str(source), found

    def note(self, name: str, item: Item | None) -> None:
        """Remember an id, which must be new in the form."""
        if name in self.known:
            self.fault("id_twice", name)
        self.known[name] = item


MOST_OPTIONS = 63
"""Options an item may have, so that a choice of several fits one machine word."""

_IN_FOREACH = frozenset({"note", "rating", "select_one", "select_multiple", "text"})


def lacks(form: Form) -> Iterator[Fault]:
    """Yield each text that lacks a language, in the order of the form; nothing means that the form may be frozen."""
    labelled: list[tuple[str, Words]] = [("title", form.title)]
    for section, item in form.items():
        labelled += _labels(f"{section.id}.{item.id}", item)
    for item in form.closing:
        labelled += _labels(f"interviewer_close.{item.id}", item)
    for place, words in labelled:
        for language in ("zh", "en"):
            if not getattr(words, language).strip():
                yield Fault(f"{form.id}: {place}", "language_missing", language)


def _labels(place: str, item: Item) -> Iterator[tuple[str, Words]]:
    yield place, item.label
    if item.hint is not None:
        yield f"{place}.hint", item.hint
    for option in item.options:
        yield f"{place}.{option.code}", option.label
