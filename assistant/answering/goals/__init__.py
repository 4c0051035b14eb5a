"""Goals and what became of them: kept or missed, raised or lowered from year to year."""
