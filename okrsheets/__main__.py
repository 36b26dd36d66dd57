"""`python -m okrsheets`: the same as `okrsheets`."""

from okrsheets.shell.main import main

if __name__ == "__main__":
    main()
