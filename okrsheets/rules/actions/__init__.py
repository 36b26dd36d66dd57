"""What a person does: boxes, ticks, and how much of the plan was carried out (method.md §4)."""
