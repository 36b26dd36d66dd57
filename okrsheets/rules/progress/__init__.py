"""What it brought: KPI values, key results, objectives, pace, status, chance (method.md §2, §3, §5, §6)."""
