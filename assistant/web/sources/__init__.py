"""The sources of an answer, as a person reads them."""
