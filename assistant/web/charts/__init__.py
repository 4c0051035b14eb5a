"""Charts as SVG, and which chart a set of figures makes."""
