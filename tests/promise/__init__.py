"""The promise put to the test: a person, faults, crashes and several syncs at one workbook, at random."""
