from tests.webapp.questionnaire.conftest import client, running

__all__ = ["client", "running"]
