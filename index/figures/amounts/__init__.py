"""Amounts in a text: numbers with their units and qualifiers, in digits and in numerals."""
