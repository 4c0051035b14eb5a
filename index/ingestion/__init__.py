"""Files to entries: what changed, read, in how many processes."""
