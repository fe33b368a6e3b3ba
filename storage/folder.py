"""Files kept in a folder: by the hash of their content, or by name for the few that are looked up by name."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Protocol

from storage.errors import FileMissing


class Storage(Protocol):
    """Where files are kept; nothing above knows whether it is a folder or an object store."""

    def put(self, content: bytes) -> str:
        """Keep content and return its SHA-256 as 64 hex digits."""
        ...

    def get(self, key: str) -> bytes:
        """Give content back by its hash; raises FileMissing."""
        ...

    def put_named(self, name: str, content: bytes) -> None:
        """Keep content under a name of our own, in place of what was there."""
        ...

    def get_named(self, name: str) -> bytes | None:
        """Give back what is kept under a name, or None."""
        ...


class FolderStorage:
    """Storage in a folder of this machine; each file is written whole or not at all."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes) -> str:
        """Keep content and return its SHA-256 as 64 hex digits."""
        key = hashlib.sha256(content).hexdigest()
        path = self._path(key)
        if not path.exists():
            self._write(path, content)
        return key

    def get(self, key: str) -> bytes:
        """Give content back by its hash; raises FileMissing where it isn't kept or was altered."""
        path = self._path(key)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise FileMissing(key) from None
        if hashlib.sha256(content).hexdigest() != key:
            raise FileMissing(key)
        return content

    def put_named(self, name: str, content: bytes) -> None:
        """Keep content under a name of our own, in place of what was there."""
        self._write(self.root / "named" / name, content)

    def get_named(self, name: str) -> bytes | None:
        """Give back what is kept under a name, or None."""
        path = self.root / "named" / name
        return path.read_bytes() if path.exists() else None

    def _path(self, key: str) -> Path:
        return self.root / key[:2] / key

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)
