"""Accounts and their passwords: what is refused, what is taken, and that none is there by default."""

from hashlib import sha1
from pathlib import Path

import pytest

from depositary.desk import accounts, passwords
from depositary.errors import BadInput
from depositary.web.staff.desk import Desk
from tests.staff.conftest import PASSWORD, granted
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


def test_a_password_that_became_known_is_refused(tmp_path: Path) -> None:
    """Wherever its digest stands in the list; only the first line may begin a file, and only the last one end it."""
    listed = [f"{PASSWORD} {number}" for number in range(40)]
    digests = sorted(sha1(each.encode(), usedforsecurity=False).hexdigest().upper() for each in listed)
    breached = tmp_path / "breached.txt"
    breached.write_text("".join(f"{each}:{place**4}\r\n" for place, each in enumerate(digests)), encoding="ascii")
    assert all("became known" in passwords.weakness(each, breached=breached) for each in listed)
    assert [passwords.weakness(f"{PASSWORD} {number}", breached=breached) for number in range(40, 80)] == [""] * 40
    breached.write_bytes(b"")
    assert passwords.weakness(listed[0], breached=breached) == ""


def test_the_list_holds_for_an_invitation_and_for_a_change(desk: Desk, tmp_path: Path) -> None:
    breached = tmp_path / "breached.txt"
    breached.write_text(sha1(PASSWORD.encode(), usedforsecurity=False).hexdigest(), encoding="ascii")
    with desk.store.session(writing=True) as session:
        grant = granted(session, "add", "flora", ["registrar"])
        accounts.add(session, "flora", "Flora", ["registrar"], "en", doing(), grant)
        token = accounts.invite(session, "flora", desk.seal, doing(), grant)
    with pytest.raises(BadInput, match="became known"):
        accounts.accept(desk.store, token, PASSWORD, "", desk.seal, doing(), breached)
    with pytest.raises(BadInput, match="became known"):
        accounts.change_password(desk.store, "flora", PASSWORD, doing(), breached)


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
