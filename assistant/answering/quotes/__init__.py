"""Answers in the reports' own words."""
