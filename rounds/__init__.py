"""The life of a round: kinds, states, transitions, doors, the clock."""
