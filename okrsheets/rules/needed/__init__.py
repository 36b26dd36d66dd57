"""How much of the first step the goal still asks for (method.md §9)."""
