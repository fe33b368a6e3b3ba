"""Merge the Chinese catalogs of all areas into the one that the application reads.

Each area keeps its own file, webapp/translations/zh_Hans_CN/LC_MESSAGES/<area>.po;
this writes messages.mo beside them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "webapp/translations/zh_Hans_CN/LC_MESSAGES"
LOCALE = "zh_Hans_CN"
SPOKEN = ("webapp", "demo")  # the packages that speak to people
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_l": None,
    "_n": (1, 2),
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
    "_lp": ((1, "c"), 2),
}


def merged(folder: Path = FOLDER) -> tuple[Catalog, list[str]]:
    """All areas' catalogs of `folder` as one, and a line for each text that two areas translate differently.

    Of two translations the first is kept, by the file's name.
    """
    catalog, clashes = Catalog(locale=LOCALE), []
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            messages = [message for message in read_po(file, locale=LOCALE) if message.id]
        for message in messages:
            before = catalog.get(message.id, message.context)
            if before is None:
                catalog.add(message.id, message.string, flags=message.flags, context=message.context)
            elif before.string != message.string:
                clashes.append(f"{path.name}: {message.id!r} is {message.string!r}, elsewhere {before.string!r}")
    return catalog, clashes


def spoken(root: Path = ROOT) -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    """Every text that templates and code ask for: file, line, text (a pair where it has a plural), context."""
    methods = [("**.py", "python"), ("**.html", "jinja2")]
    for package in SPOKEN:
        found = extract_from_dir(root / package, methods, keywords=KEYWORDS)
        for file, line, text, _comments, context in found:
            yield f"{package}/{file}", line, text, context


def main() -> int:
    """Write messages.mo; say how many texts it holds, and which two areas disagree on."""
    catalog, clashes = merged()
    with (FOLDER / "messages.mo").open("wb") as file:
        write_mo(file, catalog)
    print(f"{len(catalog)} texts in {FOLDER.relative_to(ROOT) / 'messages.mo'}")
    for clash in clashes:
        print(clash, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
