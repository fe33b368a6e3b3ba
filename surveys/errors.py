"""The base of what questionnaires refuse."""


class SurveyError(Exception):
    """Base of all that surveys refuses."""
