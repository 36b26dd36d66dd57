"""A workbook that is a Google Sheet: two calls to make one, two to sync it, and only its Summary is ever written."""
