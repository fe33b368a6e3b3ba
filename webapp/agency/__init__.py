"""The agency's desk: batches of forms typed from paper or taken down by an interviewer."""

from webapp.agency import batches, paper
from webapp.agency.desk import agency

__all__ = ["agency", "batches", "paper"]
