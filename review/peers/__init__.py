"""Mutual evaluation of the units."""
