"""The formats of files: bytes in, text out, and what is no report's format told by name."""
