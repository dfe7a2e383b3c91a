"""Languages: dates in words, and a sentence for everything the law finds.

What the law finds is worded here and nowhere else: findings, acts, irregularities, notifications. A template and the
module that fills it write what belongs to their page alone: its headings, labels and refusals.

Every message, wherever it stands, is English with named placeholders and goes through gettext. The catalogues of the
other languages are in `catalogues/`; `make words` brings them in line.
"""

from depositary.words.languages import AVAILABLE, NAMES, Language, language

__all__ = ["AVAILABLE", "NAMES", "Language", "language"]
