"""Numbers and codes as people type them: with the digits of their script, with spaces, copied with invisible marks."""

import unicodedata

UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""The categories of Unicode for control characters and for marks without a shape."""

HALF = "Cs"
"""The category of half a surrogate pair, which has no encoding."""


def in_plain_digits(typed: str) -> str:
    """A text with the digits 0 to 9, plain hyphens and plain spaces, and without invisible marks.

    Arabic, Persian, full-width and all other decimal digits are read. Every other sign stays, a raised digit as well.
    """
    signs = []
    for typed_sign in typed:
        is_other_number = unicodedata.category(typed_sign) in ("No", "Nl")
        sign = typed_sign if is_other_number else unicodedata.normalize("NFKC", typed_sign)
        category = unicodedata.category(sign[:1])
        if category == "Nd":
            signs.append(str(unicodedata.decimal(sign)))
        elif category == "Pd":
            signs.append("-")
        elif category == "Zs" or sign in "\t\n\r":
            signs.append(" ")
        elif category not in UNSEEN:
            signs.append("?" if category == HALF else sign)
    return "".join(signs).strip()
