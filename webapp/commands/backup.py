"""`flask backup` and `flask restore`: everything in one file that either engine reads."""

import io
import tarfile
import tempfile
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from database import transactions
from database.keeping import keep, restore
from storage.folder import FolderStorage
from webapp.extensions import house
from webapp.schema import bring_to_current, whole_schema

# Sign-ins end with a restore; whoever was signed in signs in again.
LEFT_OUT = frozenset({"signed_in", "sign_in_refusal"})
FILES = "files"


def _sessions() -> dict[str, sessionmaker[Session]]:
    return {"main": house().sessions, "box": house().box_sessions}


def _storage() -> FolderStorage:
    storage = house().storage
    if not isinstance(storage, FolderStorage):
        raise click.ClickException("Files are not kept in a folder here; back the object store up by its own means.")
    return storage


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write every row of both databases and every file to FILE (a tar archive)."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(file, "w") as archive:
        for name, metadata in whole_schema().items():
            kept = Path(folder) / f"{name}.json.xz"
            with transactions.reading(_sessions()[name]) as session:
                keep(session, metadata, LEFT_OUT, kept)
            archive.add(kept, kept.name)
        if _storage().root.exists():
            archive.add(_storage().root, FILES)
    click.echo(f"{file}: {file.stat().st_size:,} bytes")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def restore_(file: Path) -> None:
    """Read FILE into two empty databases; afterwards `flask audit verify` must pass."""
    bring_to_current(house().sessions.kw["bind"], house().box_sessions.kw["bind"])
    with tarfile.open(file) as archive:
        for name, metadata in whole_schema().items():
            member = archive.extractfile(f"{name}.json.xz")
            if member is None:
                raise click.ClickException(f"{file} is no backup: {name}.json.xz is missing.")
            _refuse_filled(name)
            with tempfile.NamedTemporaryFile(suffix=".xz") as kept:
                kept.write(member.read())
                kept.flush()
                with transactions.writing(_sessions()[name]) as session:
                    rows = restore(session, metadata, Path(kept.name), {})
            click.echo(f"{name}: {rows:,} rows")
        _put_files_back(archive)


def _refuse_filled(name: str) -> None:
    with transactions.reading(_sessions()[name]) as session:
        for table in whole_schema()[name].tables.values():
            if session.scalar(select(func.count()).select_from(table)):
                raise click.ClickException(f"The {name} database is not empty ({table.name}); nothing was restored.")


def _put_files_back(archive: tarfile.TarFile) -> None:
    root = _storage().root
    for member in archive.getmembers():
        inside = Path(member.name).relative_to(FILES) if member.name.startswith(f"{FILES}/") else None
        if inside is None or not member.isfile() or ".." in inside.parts:
            continue
        content = archive.extractfile(member) or io.BytesIO()
        target = root / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.read())
