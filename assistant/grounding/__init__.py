"""Claims held to their sources: the figure lock and what stands around it."""
