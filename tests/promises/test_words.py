"""Every refusal of every package has words, in both languages."""

from importlib import import_module
from pkgutil import walk_packages

import pytest
from flask_babel import force_locale

from webapp.errors import WORDS
from webapp.schema import PACKAGES

BASES = []
for name in (*PACKAGES, "storage"):
    package = import_module(name)
    for module in walk_packages(package.__path__, f"{name}."):
        if module.name.endswith("errors"):
            found = vars(import_module(module.name)).values()
            BASES += [
                e for e in found if isinstance(e, type) and issubclass(e, Exception) and Exception in e.__bases__
            ]


def refusals(base):
    """All classes below a base that have none below themselves or carry facts: what can be raised."""
    for child in base.__subclasses__():
        yield child
        yield from refusals(child)


@pytest.mark.parametrize("base", sorted(set(BASES), key=str), ids=lambda base: base.__name__)
def test_every_refusal_has_words(base):
    assert [refusal for refusal in refusals(base) if refusal not in WORDS] == []


@pytest.mark.parametrize("refusal", sorted(WORDS, key=str), ids=lambda refusal: refusal.__name__)
def test_words_differ_between_the_languages(app, refusal):
    status, sentence = WORDS[refusal]
    assert 400 <= status < 600
    with app.test_request_context("/?lang=zh"):
        zh = str(sentence)
    with app.test_request_context("/?lang=en"), force_locale("en"):
        en = str(sentence)
    assert zh != en
    assert any("一" <= letter <= "鿿" for letter in zh)
