"""The reader of whole reports."""
