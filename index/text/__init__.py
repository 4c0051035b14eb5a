"""Characters: cleaned, folded, tokenized, and the way back to the source."""
