"""China's places and finding their names."""
