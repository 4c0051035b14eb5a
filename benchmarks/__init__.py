"""Benchmarks: how fast and how well the parts work. None of it is shipped or run as a test."""
