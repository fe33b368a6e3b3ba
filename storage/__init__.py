"""Files by content hash, and small named files kept outside the database."""
