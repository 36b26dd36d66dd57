"""Whether the plan adds up, and what about it may want to change (method.md §7)."""
