"""Numbers, codes and dates typed on other keyboards: read, or refused in a sentence."""

from collections.abc import Callable
from datetime import date

import pytest

from depositary.authorities.telephone_numbers import kept_form
from depositary.desk.codes import plain_code
from depositary.treaties.digits import in_plain_digits
from depositary.treaties.written_dates import one_meaning
from depositary.web.staff.access import Form

SCRIPTS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "0123456789")
MARKS = ("", " ", "\u00a0", "\u2009", "\u200b", "\u200e", "\u200f", "\u061c", "\u2066", "\u2069", "\ufeff", "\u00ad")
NO_NUMBERS = ("²³", "10²", "1⁄2", "①", "½", "九九", "Ⅷ", "\ud800", "\x00", "12a", "1.5", "-1", "1e3", "")


def spellings(text: str) -> list[str]:
    """A text in each script, with each mark before, after and beside its hyphens."""
    scripts = [text.translate(str.maketrans("0123456789", digits)) for digits in SCRIPTS]
    return [f"{mark}{written.replace('-', f'{mark}-')}{mark}" for written in scripts for mark in MARKS]


def test_a_number_is_read_in_every_script(injected: Callable[..., None]) -> None:
    for typed in spellings("120459"):
        assert in_plain_digits(typed) == "120459"
        assert plain_code(typed) == "120459"
        assert Form({"number": typed}).number("number") == 120459
        injected()


def test_a_date_is_read_in_every_script(injected: Callable[..., None]) -> None:
    for typed in [*spellings("2026-11-27"), *(text.replace("-", "/") for text in spellings("27-11-2026"))]:
        assert one_meaning(typed.replace(" ", "").replace("\u00a0", "").replace("\u2009", "")) == date(2026, 11, 27)
        injected()


def test_a_telephone_number_is_read_in_every_script(injected: Callable[..., None]) -> None:
    for typed in spellings("+12025550143"):
        assert kept_form(typed) == "+12025550143", ascii(typed)
        injected()


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_is_no_number_is_no_other_number(typed: str, injected: Callable[..., None]) -> None:
    assert Form({"number": typed}).number("number") == 0
    with pytest.raises(ValueError, match="write the date as"):
        one_meaning(typed)
    injected()
