"""Answers from the figure table."""
