"""Filled by the packages beside it."""
