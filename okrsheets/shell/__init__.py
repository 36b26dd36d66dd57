"""The command line: words for people, JSON for programs, exit codes. The only floor that prints or exits."""
