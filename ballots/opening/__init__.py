"""From a closed box and its keys to opened ballots."""
