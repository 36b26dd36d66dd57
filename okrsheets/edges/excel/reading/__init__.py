"""From the bytes of an .xlsx to cells: the archive, its parts, and an own scanner of a sheet."""
