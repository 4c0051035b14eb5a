"""How sure a figure is: what contradicts what a report announces, and what may be another's."""
