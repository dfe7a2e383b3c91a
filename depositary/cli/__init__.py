"""The command line."""

import gc
import os

# Most commands end before a search for cycles frees anything: at the usual threshold it takes a tenth of an answer.
gc.set_threshold(50_000, 20, 20)
# pydantic would read what every library says of itself, to find plugins that none has.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")

from depositary.cli.main import main  # noqa: E402  # after the two settings, which are for what it imports

__all__ = ["main"]
