"""Any text held against the reports: every number of it agrees, contradicts, or is not found."""
