"""What a person types or chooses: numbers, words of drop-downs, ranges, settings."""
