"""`python -m paperbuild`: the command line."""

from paperbuild.cli import main

if __name__ == "__main__":
    main()
