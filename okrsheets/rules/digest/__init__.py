"""The weekly letter: what was done, what it brought, what matters, and the boxes of the week that comes."""
