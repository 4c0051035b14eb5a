"""What the page says, in three languages: the records and what fills them."""
