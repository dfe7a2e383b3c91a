"""Languages: dates in words, and a sentence for everything the law finds.

No other module writes prose. Every message is an English sentence with named placeholders and goes through gettext;
the catalogues of the other languages live in `catalogues/`, and `make words` brings them in line.
"""

from depositary.words.languages import AVAILABLE, NAMES, Language, language

__all__ = ["AVAILABLE", "NAMES", "Language", "language"]
