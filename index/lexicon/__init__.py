"""The words of the field, each known once: indicators, measures, numerals, qualifiers and units."""
