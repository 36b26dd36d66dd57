"""A new .xlsx from a described workbook, by XlsxWriter."""
