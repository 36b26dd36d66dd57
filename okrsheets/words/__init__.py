"""The vocabulary: frozen data that every other floor speaks. Standard library only, no I/O."""
