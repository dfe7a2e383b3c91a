"""Telephone numbers as people write them, and as they are kept, listed and called."""

import pytest

from depositary.authorities.designations import Telephone
from depositary.authorities.designations_csv import designation_of, text_of
from depositary.authorities.telephone_numbers import kept_form


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("+1 202 555 0143", "+12025550143"),
        ("001 (202) 555-0143", "+12025550143"),
        ("+1 202-555-0143 ext. 12", "+12025550143 ext. 12"),
        ("+1 202 555 0143 x12", "+12025550143 ext. 12"),
        ("tel:+1-202-555-0143;ext=12", "+12025550143 ext. 12"),
        ("+١ ٢٠٢ ٥٥٥ ٠١٤٣", "+12025550143"),
        ("nobody", "nobody"),
        ("", ""),
    ],
)
def test_a_number_is_kept_in_one_form(written: str, kept: str) -> None:
    assert kept_form(written) == kept
    assert kept_form(kept) == kept


def test_a_row_keeps_extension_and_hours() -> None:
    row = {"telephones": "+1 202 555 0143 ext. 12 (24/7); +1 202 555 0199"}
    found = designation_of(row, {})
    assert found.telephones == (Telephone("+12025550143 ext. 12", always=True), Telephone("+12025550199"))
    again = designation_of({"telephones": text_of(found.telephones)}, {})
    assert again.telephones == found.telephones
