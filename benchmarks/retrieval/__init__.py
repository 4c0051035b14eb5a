"""How often the right passage comes first, and how fast passages are made searchable."""
