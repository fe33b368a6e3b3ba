"""A whole evaluation year, played through the pages."""
