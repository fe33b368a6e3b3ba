"""What developers and auditors run by hand."""
