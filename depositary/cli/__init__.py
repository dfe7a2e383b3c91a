"""The command line."""

from depositary.cli.main import main

__all__ = ["main"]
