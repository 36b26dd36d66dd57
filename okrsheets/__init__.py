"""okrsheets: a straight line from dream to day, in the workbook you already use."""

__version__ = "0.1.0"
