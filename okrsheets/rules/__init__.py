"""The method and the shape of the workbook: pure functions. No clock, no I/O, no random; today is an argument."""
