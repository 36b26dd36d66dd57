"""The three sentences on top of the Summary."""
