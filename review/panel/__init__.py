"""The expert panel: seats, standings, sheets, sealing, tallies."""
