"""Evaluation years, the assessed units of each, and what the units hand in."""
