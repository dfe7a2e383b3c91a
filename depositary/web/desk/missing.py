"""That there is nothing at an address."""


class Missing(Exception):
    """There is no such page, draft, entry or document; whoever asks is told the same."""
