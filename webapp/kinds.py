"""The kinds of rounds, each built with the keys that it needs."""

from config import Settings
from review.panel.kind import PanelKind
from review.peers.kind import PeersKind
from rounds.kinds import Kind, Kinds
from surveys.counting.kind import SurveyKind


def kinds_for(settings: Settings) -> Kinds:
    """Surveys, panel and mutual evaluation, by the name that a round bears as its kind."""
    kinds: dict[str, Kind] = {"survey": SurveyKind(), "panel": PanelKind(), "peers": PeersKind()}
    return kinds
