"""The words that a search may have meant: those of the treaties that have most runs of three letters in common with it.

The words stand in a table of SQLite's FTS5, which indexes each by its runs of three letters.
"""

import re
import sqlite3
from collections.abc import Iterable
from difflib import SequenceMatcher
from threading import Lock

SHORTEST, CANDIDATES, MOST, ALIKE = 4, 40, 5, 0.75
"""The shortest word that is corrected, how many candidates the index gives, how many are taken, and how alike."""

WORD = re.compile(r"\w{4,40}")


class Vocabulary:
    """The words of texts, which were made plain."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._lock = Lock()
        self._table = sqlite3.connect(":memory:", check_same_thread=False)
        self._table.execute("CREATE VIRTUAL TABLE word USING fts5(letters, tokenize='trigram')")
        words = {word for text in texts for word in WORD.findall(text)}
        self._table.executemany("INSERT INTO word VALUES (?)", ((word,) for word in sorted(words)))

    def alike(self, term: str) -> tuple[str, ...]:
        """The words most like a term, the most alike first; nothing for a short term."""
        runs = {term[place : place + 3] for place in range(len(term) - 2)}
        if len(term) < SHORTEST or not term.isalnum():
            return ()
        wanted = " OR ".join(f'"{run}"' for run in sorted(runs))
        with self._lock:
            rows = self._table.execute(
                "SELECT letters FROM word WHERE word MATCH ? ORDER BY rank LIMIT ?", (wanted, CANDIDATES)
            ).fetchall()
        ranked = sorted(((SequenceMatcher(None, term, word).ratio(), word) for (word,) in rows), reverse=True)
        return tuple(word for ratio, word in ranked if ratio >= ALIKE)[:MOST]
