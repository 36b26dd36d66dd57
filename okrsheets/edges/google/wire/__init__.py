"""The calls of Google Sheets and Google Drive that there are: patient, counted, within the quota."""
