"""What amounts are given of: names, and where in a sentence they are told."""
