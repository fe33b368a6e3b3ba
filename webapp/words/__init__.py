"""The words of every refusal, in the one place where a domain error becomes a sentence; one module an area.

Each module has `WORDS`: error class -> (HTTP status, sentence). A sentence may name the error's fields in `%(…)s`.
`statuses.py` holds what a page says for an HTTP status that no refusal explains better.
"""
