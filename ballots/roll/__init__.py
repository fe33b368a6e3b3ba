"""Rights to answer, and whether each was drawn."""
