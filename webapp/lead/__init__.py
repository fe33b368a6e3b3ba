"""The lead departments' desk: scoring every unit on the items that the lead is responsible for."""

from webapp.lead import confirming, correcting, entering
from webapp.lead.desk import lead

__all__ = ["confirming", "correcting", "entering", "lead"]
