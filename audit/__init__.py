"""Typed events, the hash chain they form, and its verification."""
