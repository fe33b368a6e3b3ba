"""Questionnaires as versioned data: reading, conditions, checking and packing of answers."""
