"""The simplest parts of a questionnaire file; whatever has another shape is noted as a fault, with its place."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from surveys.instruments.errors import Fault
from surveys.instruments.forms import Words


class Shapes:
    """Reads plain values; notes faults and goes on, so that all of them are told at once.

    where: the place that faults are noted at. Of a wrong shape an empty value is returned.
    """

    def __init__(self, where: str) -> None:
        self.where = where
        self.faults: list[Fault] = []

    def fault(self, reason: str, value: object = "") -> None:
        """Note a fault at the current place."""
        self.faults.append(Fault(self.where, reason, str(value)[:200]))

    def mapping(self, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """Read a mapping; absent is empty."""
        found: Mapping[str, Any] = self.shaped(data, key, dict, {})
        return found

    def mappings(self, data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        """Read a list of mappings; absent is empty."""
        found = self.shaped(data, key, list, [])
        kept: list[Mapping[str, Any]] = [one for one in found if isinstance(one, dict)]
        if len(kept) != len(found):
            self.fault("wrong_shape", key)
        return kept

    def codes(self, data: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """Read a list of codes; absent is empty."""
        return tuple(self.code(one) for one in self.shaped(data, key, list, []))

    def text(self, data: Mapping[str, Any], key: str) -> str | None:
        """Read a text; absent is None."""
        found: str | None = self.shaped(data, key, str, None)
        return found

    def shaped(self, data: Mapping[str, Any], key: str, shape: type, empty: Any) -> Any:
        """Read a value of one shape; absent and null are `empty`."""
        found = data.get(key)
        if found is None or isinstance(found, shape):
            return empty if found is None else found
        self.fault("wrong_shape", key)
        return empty

    def code(self, value: Any) -> str:
        """Read a code: ASCII letters, digits and underscores."""
        if isinstance(value, str) and value.isascii() and value.replace("_", "").isalnum():
            return value
        self.fault("not_a_code", value)
        return str(value)

    def words(self, value: Any) -> Words:
        """Read a text in both languages."""
        if not isinstance(value, dict):
            self.fault("no_label")
            return Words("", "")
        return Words(str(value.get("zh") or ""), str(value.get("en") or ""))

    def value(self, value: Any) -> Decimal | None:
        """Read the value of an option, 0 to 100 or beyond, to three places; None stands for "don't know"."""
        if value is None:
            return None
        try:
            return Decimal(str(value)).quantize(Decimal("0.001"))
        except InvalidOperation:
            self.fault("not_a_number", value)
            return None

    def number(self, data: Mapping[str, Any], key: str, default: int, least: int, most: int) -> int:
        """Read a whole number between `least` and `most`."""
        value = data.get(key, default)
        if type(value) is int and least <= value <= most:
            return value
        self.fault(key, value)
        return default
