"""Questionnaires: their instruments, their fieldwork, the counting of their answers."""
