"""Criteria with their anchored bands, as data."""
