"""What a page says, its tags aside."""

import re
from html import unescape


def words_of(source: str) -> str:
    """The words of a page, its tags aside and its spaces made one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", source)).split())
