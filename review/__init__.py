"""Evaluation by people who are named or whose unit is: the panel and the units themselves."""
