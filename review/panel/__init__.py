"""The expert panel: seats, standings, sheets, sealing, and what the sheets come to."""
