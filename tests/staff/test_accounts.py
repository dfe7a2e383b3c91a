"""Accounts and their passwords: what is refused, what is taken, and that none is there by default."""

import pytest

from depositary.desk import accounts, passwords
from depositary.errors import BadInput
from depositary.web.staff.desk import Desk
from tests.staff.conftest import PASSWORD
from tests.staff.signing_in import doing


@pytest.mark.parametrize(
    "password",
    [
        "",
        "x",
        "fourteen chars",
        "aaaaaaaaaaaaaaaaaaaa",
        "passwordpassword",
        "123456789012345",
        "qwertyuiopasdfgh",
        "abcdefghijklmnop",
        "flora.dane2026!",
        "depositarydepositary",
        "x" * 65536,
        "iloveyouiloveyou",
    ],
)
def test_a_weak_password_is_refused(password: str) -> None:
    assert passwords.weakness(password, "flora.dane")


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "пять зонтов на лестнице", "七把雨伞在大理石楼梯下面放着呢朋友们", "s" + "pelunk quartz Übermut " * 8],
)
def test_a_strong_password_is_taken(password: str) -> None:
    assert passwords.weakness(password) == ""
    kept = passwords.hashed(password)
    assert kept.startswith("$argon2id$")
    assert passwords.is_right(password, kept)
    assert not passwords.is_right(password + " ", kept)


def test_no_account_is_there_by_default(desk: Desk) -> None:
    with desk.store.session() as session:
        assert accounts.accounts(session) == []


@pytest.mark.parametrize(
    ("name", "full_name", "roles", "said"),
    [
        ("Flora", "Flora", ["registrar"], "small letters"),
        ("f", "Flora", ["registrar"], "small letters"),
        ("flora", "", ["registrar"], "full name"),
        ("flora", "Flora", [], "at least one role"),
        ("flora", "Flora", ["king"], "'king' is not a role"),
        ("flora", "Flora", ["administrator", "registrar"], "accounts only"),
    ],
)
def test_an_account_that_cannot_be(desk: Desk, name: str, full_name: str, roles: list[str], said: str) -> None:
    with pytest.raises(BadInput, match=said), desk.store.session(writing=True) as session:
        accounts.add(session, name, full_name, roles, "en", doing())
