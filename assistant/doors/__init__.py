"""The doors for other programs: Python, HTTP and MCP over one set of calls."""
