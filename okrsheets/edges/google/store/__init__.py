"""One workbook in Google Sheets: read in one call, written in one, made in two."""
