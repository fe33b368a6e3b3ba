"""Declarative bases, typed columns, engines and transactions; knows no Flask."""
