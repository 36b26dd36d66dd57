"""The surgical edit: cells of one sheet spliced in by byte offset, and the proof that nothing else changed."""
