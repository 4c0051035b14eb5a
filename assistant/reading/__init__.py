"""Reads questions over many places or years into queries, every word of them accounted for."""
