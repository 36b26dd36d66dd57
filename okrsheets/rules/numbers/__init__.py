"""Special functions and sums that the method needs, without a library of 200 MB (method.md §10)."""
