"""The life of a service: a half year in a few seconds, end to end."""
