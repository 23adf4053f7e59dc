"""The command `rahdari`: use cases of the packages, and what an operator needs."""

from rahdari.project.cli.app import main

__all__ = ["main"]
