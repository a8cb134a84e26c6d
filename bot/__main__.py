"""Lets `python -m bot` be the same as `avtalsbot`."""

from bot.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
