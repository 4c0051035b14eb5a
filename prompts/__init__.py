"""Templates as text files, shipped with the package. Holds no code."""
