"""The index tree: from tally rows and entries to points and standings."""
