"""A new Google Sheet from a described workbook: the requests of one batch."""
