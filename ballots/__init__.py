"""Anonymous ballots: the roll of rights on one side, the box on the other."""
