"""What the page says, in three languages: a typed record a part of the page."""
