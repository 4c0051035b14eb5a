"""Answers from what a report enumerates."""
