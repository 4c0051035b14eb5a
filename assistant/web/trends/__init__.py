"""How words went through the years: what is drawn of it."""
