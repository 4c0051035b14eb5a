"""`python -m assistant`: the command line, where no program `baogao` is on the path."""

from assistant.cli.main import main

if __name__ == "__main__":
    main()
