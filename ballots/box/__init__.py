"""What was cast, in a database of its own."""
