"""A text and its history to a `Question`."""
