"""A parser of what strangers wrote runs in a process of its own, under limits that it sets itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from units.files.errors import FileNotWhatItSays, FileTakesTooLong

_MOST_SECONDS = 30


def run_bounded(script: str, name: str, kind: str, content: bytes) -> bytes:
    """What a script of this package writes on standard output when it is given a file on standard input.

    name, kind: of the file, for the refusal. Raises FileNotWhatItSays where the script gives up or says nothing,
    FileTakesTooLong where it was killed by one of its limits.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own script, no shell
            [sys.executable, "-P", str(Path(__file__).with_name(script))],
            input=content,
            capture_output=True,
            timeout=_MOST_SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as why:
        raise FileTakesTooLong(name) from why
    if done.returncode < 0:  # killed by a limit
        raise FileTakesTooLong(name)
    if done.returncode or not done.stdout:
        raise FileNotWhatItSays(name, kind)
    return done.stdout
