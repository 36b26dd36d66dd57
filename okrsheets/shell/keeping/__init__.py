"""What `okrsheets run` is made of: a ticker, rounds over the workbooks, letters, a log."""
