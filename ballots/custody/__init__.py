"""Seal keys and the shares of their custodians."""
