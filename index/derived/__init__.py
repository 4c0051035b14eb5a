"""The lexical and the vector index, derived from the catalogue and rebuildable."""
