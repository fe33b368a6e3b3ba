"""The one contract that results travel in, and the door through which breakdowns leave."""
