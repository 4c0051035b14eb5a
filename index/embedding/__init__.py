"""Texts to vectors; the bundled model lies beside it in `model/`."""
