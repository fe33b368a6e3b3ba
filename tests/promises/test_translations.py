"""Whatever the pages say, they say in Chinese too."""

from babel.messages.pofile import read_po

from tools.catalogs import FOLDER, LOCALE, merged, spoken


def test_no_two_areas_translate_one_text_differently():
    assert merged()[1] == []


def test_every_text_is_translated():
    catalog, _clashes = merged()
    missing = {}
    for file, line, text, context in spoken():
        single = text if isinstance(text, str) else text[0]
        message = catalog.get(single, context)
        if message is None or not (message.string if isinstance(message.string, str) else all(message.string)):
            missing.setdefault(single, f"{file}:{line}")
    assert missing == {}


def test_no_translation_is_fuzzy():
    fuzzy = []
    for path in FOLDER.glob("*.po"):
        with path.open("rb") as file:
            fuzzy += [
                (path.name, message.id) for message in read_po(file, locale=LOCALE) if message.fuzzy and message.id
            ]
    assert fuzzy == []


def test_a_translation_keeps_the_places_of_the_text():
    """%(name)s in the text stands in the translation too: a lost place hides a fact, a new one is an error."""
    changed = []
    for message in merged()[0]:
        if message.id and list(message.check()):
            changed.append(message.id)
    assert changed == []
