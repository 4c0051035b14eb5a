"""Reports in, searchable catalogue out. Knows nothing of questions and answers (`assistant`)."""
