"""The words of refusals, an area a module: error class or status to what the page says."""
