"""Questions that only a real account can answer, each asked on scratch sheets of our own."""
