"""Files that people hand in: what is let in, and how a PDF becomes pages."""
