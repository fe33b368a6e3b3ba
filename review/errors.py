"""The family of all that review/ refuses. It carries facts; webapp/ says them."""


class ReviewError(Exception):
    """Base of every refusal of review/."""
