"""From stored responses to tally rows."""
