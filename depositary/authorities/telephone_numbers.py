"""Telephone numbers as people write them, in the one form in which they are kept: E.164, with an extension after it."""

import phonenumbers

EXTENSION = " ext. "


def kept_form(written: str) -> str:
    """The form in which a number is kept: `+12025550143 ext. 12`; a text that is no number as it is."""
    text = written.strip()
    try:
        parsed = phonenumbers.parse(f"+{text[2:]}" if text.startswith("00") else text, None)
    except phonenumbers.NumberParseException:
        return written
    number = str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return f"{number}{EXTENSION}{parsed.extension}" if parsed.extension else number
