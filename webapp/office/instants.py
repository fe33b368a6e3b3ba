"""A field for an hour that people type in local time and the domain keeps in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from wtforms import DateTimeLocalField

from webapp.language import zone


class InstantField(DateTimeLocalField):
    """A local date and time; `data` is an aware instant in UTC."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed, in local time; raises ValueError in words."""
        super().process_formdata(valuelist)
        if self.data is not None:
            try:
                self.data = self.data.replace(tzinfo=zone()).astimezone(UTC)
            except OverflowError as why:  # the calendar's first day, which began earlier in UTC
                self.data = None
                raise ValueError(_("Not a valid datetime value.")) from why

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return self.data.astimezone(zone()).strftime("%Y-%m-%dT%H:%M") if isinstance(self.data, datetime) else ""
