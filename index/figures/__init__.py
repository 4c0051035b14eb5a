"""The grammar of figures: a clause in, figures out."""
