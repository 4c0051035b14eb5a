"""The tab of reports."""
