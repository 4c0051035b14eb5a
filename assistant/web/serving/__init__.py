"""Who may ask the page what: hosts, origins, sizes, readers and their passwords."""
