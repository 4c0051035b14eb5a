"""The words of the field, each known once: indicators and units."""
