"""How a report's text is built: headings, passages, sentences, statements, enumerations."""
