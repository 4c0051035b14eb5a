"""Results told in the language and script of the question: where tables are worded."""
