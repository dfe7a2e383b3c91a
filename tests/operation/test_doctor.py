"""`depositary doctor` says in sentences what is well and what is not."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, call


@pytest.fixture
def house(run: Run, tmp_path: Path) -> Path:
    """A home in order: a register, its keys, the registers of authorities, a recovery key."""
    assert run("migrate").returncode == 0
    assert run("record", "2025-10-25 GHA signature place=Hanoi", "--by", "Flora").returncode == 0
    assert run("keys", "recovery", str(tmp_path / "recovery.key")).returncode == 0
    return tmp_path


def not_well(folder: Path, **told: str) -> list[str]:
    """The sentences about what is not well."""
    done = call(folder, "doctor", **told)
    found = [line.partition("  ")[2] for line in done.stdout.splitlines() if line.startswith("NOT WELL")]
    assert done.returncode == (1 if found else 0), done.stderr
    return found


def test_a_house_in_order_is_well(house: Path) -> None:
    assert not_well(house) == []


def test_what_is_not_well_is_said(house: Path) -> None:
    (key,) = (path for path in (house / "var/keys").glob("*.key") if len(path.stem) == 16)
    kept = key.read_text()
    key.unlink()
    (lost,) = not_well(house)
    assert lost.startswith(f"keys: The signing key {key.stem} is not in")
    key.write_text(kept)
    key.chmod(0o644)
    assert not_well(house) == [f"keys: {key} can be read by others: chmod go= {key}"]
    key.chmod(0o600)
    (house / "var/keys/recovery.public").unlink()
    assert not_well(house) == ["keys: there is no recovery key; make one with `depositary keys recovery FILE`"]


def test_a_name_that_does_not_answer_and_a_mail_server_that_is_not_there_are_said(house: Path) -> None:
    told = {"DEPOSITARY_BASE_URL": "https://127.0.0.1:9", "DEPOSITARY_MAIL_FROM": "treaties@example.int"}
    name, mail = not_well(house, **told) + [
        line.partition("  ")[2]
        for line in call(
            house, "doctor", "--mail", "x@example.int", DEPOSITARY_SMTP_URL="smtp://127.0.0.1:9", **told
        ).stdout.splitlines()
        if line.startswith("NOT WELL  mail")
    ]
    assert name.startswith("public name: ")
    assert mail.startswith("mail: ")


def test_a_house_without_a_register_is_told_what_to_do(tmp_path: Path) -> None:
    told = not_well(tmp_path)
    assert told[0].endswith("holds no register yet. Run `depositary migrate`.")
