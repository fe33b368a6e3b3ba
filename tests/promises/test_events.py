"""Every act that can be recorded has a name that the auditor reads."""

from importlib import import_module
from pkgutil import walk_packages

from audit.events import AuditEvent
from webapp.schema import PACKAGES
from webapp.words.events import EVENTS


def kinds(base=AuditEvent):
    for kind in base.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_recorded_act_has_a_name_and_no_name_is_left_over():
    for package in PACKAGES:
        for module in walk_packages(import_module(package).__path__, f"{package}."):
            import_module(module.name)
    ours = {kind.__name__ for kind in kinds() if kind.__module__.partition(".")[0] in PACKAGES}
    assert ours == set(EVENTS)
