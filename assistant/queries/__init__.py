"""What can be asked of the catalogue, as data, and its evaluation: rows and columns, no words."""
