"""The form as the freeze fixed it."""

from __future__ import annotations

import json
from functools import lru_cache

from review.peers.form import Form, read_form
from rounds.errors import WrongState
from rounds.round import Round


def frozen_form(round_: Round) -> Form:
    """The form of a frozen round, read once per process and document. Raises WrongState on a draft."""
    if round_.instrument is None:
        raise WrongState(round_.code, round_.state, "read_form")
    return _read(round_.instrument)


@lru_cache(maxsize=8)
def _read(instrument: bytes) -> Form:
    return read_form(json.loads(instrument))
