"""The command line (Typer, rich)."""
