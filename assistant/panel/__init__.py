"""The figures as a panel: one row a place, year, indicator and measure, target beside result."""
