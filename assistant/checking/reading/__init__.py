"""What the numbers of a text are of: places, years, indicators, goals or results."""
