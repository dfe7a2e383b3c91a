"""The backup of everything, and the drill: a machine that has nothing but one of them and the recovery key."""

from datetime import UTC, datetime
from pathlib import Path

from depositary.correspondence.alerts.store import AlertStore
from tests.cli.conftest import Run, call


def test_another_machine_goes_on_from_a_backup_of_everything(run: Run, tmp_path: Path) -> None:
    assert run("record", "2025-10-25 GHA signature place=Hanoi", "--by", "Flora").returncode == 0
    var, kept, key = tmp_path / "var", tmp_path / "kept", tmp_path / "recovery.key"
    alerts = AlertStore(f"sqlite:///{var / 'alerts.sqlite'}", var / "keys")
    alerts.migrate()
    alerts.ask("reader@example.int", "XVIII-16", "", "en", "192.0.2.1", datetime(2027, 3, 1, tzinfo=UTC))
    alerts.close()
    refused = run("backup", "--all", str(kept))
    assert refused.returncode == 1
    assert "There is no recovery key" in refused.stderr
    assert not kept.exists()
    assert run("keys", "recovery", str(key)).returncode == 0
    assert key.stat().st_mode & 0o777 == 0o600
    done = run("backup", "--all", str(kept))
    assert done.returncode == 0, done.stderr
    (place,) = kept.iterdir()
    secret = next((var / "keys").glob("*.key")).read_text()
    for file in place.iterdir():
        content = file.read_bytes()
        assert secret.encode() not in content
        assert b"reader@example.int" not in content

    other = tmp_path / "other"
    other.mkdir()
    restored = call(other, "restore", str(place), "--recovery", str(key))
    assert restored.returncode == 0, restored.stderr
    assert call(other, "verify").returncode == 0
    assert call(other, "verify", "--head", str(place / "head.json")).returncode == 0
    public = "keys/recovery.public"
    assert (other / "var" / public).read_bytes() == (var / public).read_bytes(), "its next backup is sealed as well"
    again = AlertStore(f"sqlite:///{other / 'var' / 'alerts.sqlite'}", other / "var" / "keys")
    assert again.recipient(1).to == "reader@example.int"
    again.close()
    assert call(other, "record", "2026-03-02 GHA ratification", "--by", "Flora").returncode == 0
    assert call(other, "verify").returncode == 0
    assert call(other, "restore", str(place), "--recovery", str(key)).returncode == 2


def test_a_key_that_is_not_the_recovery_key_opens_nothing(run: Run, tmp_path: Path) -> None:
    assert run("record", "2025-10-25 GHA signature place=Hanoi", "--by", "Flora").returncode == 0
    assert run("keys", "recovery", str(tmp_path / "recovery.key")).returncode == 0
    assert run("backup", "--all", str(tmp_path / "kept")).returncode == 0
    (place,) = (tmp_path / "kept").iterdir()
    (tmp_path / "wrong.key").write_text("11" * 32)
    (tmp_path / "other").mkdir()
    done = call(tmp_path / "other", "restore", str(place), "--recovery", str(tmp_path / "wrong.key"))
    assert done.returncode == 2
    assert "does not open these keys" in done.stderr
    assert not (tmp_path / "other" / "var" / "keys").exists()


def test_the_oldest_backups_are_removed_once_the_new_one_is_whole(run: Run, tmp_path: Path) -> None:
    assert run("record", "2025-10-25 GHA signature place=Hanoi", "--by", "Flora").returncode == 0
    assert run("keys", "recovery", str(tmp_path / "recovery.key")).returncode == 0
    kept = tmp_path / "kept"
    for name in ("20260101T000000Z", "20260102T000000Z"):
        (kept / name).mkdir(parents=True)
        (kept / name / "register.backup").write_text("")
    (kept / "notes").mkdir()  # somebody else's
    assert run("backup", "--all", str(kept), "--keep", "2").returncode == 0
    names = sorted(each.name for each in kept.iterdir())
    assert names[0] == "20260102T000000Z"
    assert names[-1] == "notes"
    assert len(names) == 3
