"""A workbook that is an Excel file: its own reader, a surgical change of the Summary, and nothing else touched."""
