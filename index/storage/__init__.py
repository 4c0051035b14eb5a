"""The SQL catalogue, the one truth."""
