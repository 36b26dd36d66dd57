"""Where the funnel leaks: counts, rates, and which step is furthest behind plan (method.md §8)."""
