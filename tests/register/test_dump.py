"""The plain-text dump: readable without this program, restored into either database, refused where it is not whole."""

import hashlib
import io
import json
import threading
from pathlib import Path

import pytest

from depositary.errors import BadInput
from depositary.register.batch import record_all
from depositary.register.dump import restore_dump, write_dump
from depositary.register.heads import Keys
from depositary.register.recording import note, record, rectify
from depositary.register.store import Store
from depositary.register.verification import verify_register
from tests.register.sample_acts import AT, RATIFIED, SIGNED, acts


def filled(store: Store) -> str:
    record_all(acts(8), "import", AT, store)
    record(SIGNED, "clerk", AT, store, documents=[b"%PDF\x00\xff"], key="k")
    rectify(9, RATIFIED, "clerk", AT, store, reason="misread «Ü»")
    note(10, "clerk", AT, store, reference="C.N.1", notified_on=SIGNED.date)
    with store.recording() as recording:
        recording.rotate()
    out = io.StringIO()
    assert write_dump(store, out) == 11
    return out.getvalue()


def empty(tmp_path: Path, name: str = "other") -> Store:
    store = Store(f"sqlite:///{tmp_path / name}.sqlite", Keys(tmp_path / "keys"))
    store.migrate()
    return store


def test_a_restored_register_is_the_same_and_verifies(store: Store, tmp_path: Path) -> None:
    text = filled(store)
    other = empty(tmp_path)
    assert restore_dump(other, io.StringIO(text), "backup") == 11
    assert verify_register(other, store.head()).faults == ()
    assert other.entries() == store.entries()
    assert other.document(other.entries()[8].documents[0]) == b"%PDF\x00\xff"
    again = io.StringIO()
    write_dump(other, again)
    assert again.getvalue() == text
    assert record(SIGNED, "clerk", AT, other).number == 12
    assert verify_register(other).faults == ()
    other.close()


def test_anyone_can_check_it(sqlite: Store) -> None:
    """With a hash and a JSON reader alone."""
    lines = filled(sqlite).splitlines()
    previous = ""
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == "entry":
            digest, _, content = rest.partition(" ")
            assert hashlib.sha256(b"\x00" + content.encode()).hexdigest() == digest
            assert json.loads(content)["previous"] == previous
            previous = digest
    assert lines[0] == "depositary register 1"
    before = "\n".join(lines[:-1]) + "\n"
    assert lines[-1] == f"end {hashlib.sha256(before.encode()).hexdigest()}"
    secrets = [key.read_text() for key in sqlite.keys.folder.iterdir()]
    assert len(secrets) == 2
    assert not any(secret in line for line in lines for secret in secrets)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda text: text.replace("GHA", "VNM", 1), "3: the entry is not what was recorded"),
        (lambda text: text[: text.index("end ")], "it is not whole"),
        (lambda text: text.replace("\nkey ", "\nkee ", 1), "'kee' is not a line of a dump"),
        (lambda text: text.replace('"root":"', '"root":"0', 1), "are not those that were written"),
        (lambda text: text + "entry x\n", "does not end where it should"),
        (lambda text: "", "it is not whole"),
        (lambda text: "PK\x03\x04", "not a dump of a register"),
        (lambda text: "\n".join(line for n, line in enumerate(text.split("\n")) if n != 3), "does not follow"),
        (lambda text: text.replace("document ", "document 00", 1), "not what was attached"),
    ],
)
def test_a_dump_that_is_not_whole_is_refused_and_nothing_kept(
    sqlite: Store, tmp_path: Path, wrong: object, said: str
) -> None:
    text = wrong(filled(sqlite))  # type: ignore[operator]
    other = empty(tmp_path)
    with pytest.raises(BadInput, match=said):
        restore_dump(other, io.StringIO(text), "backup")
    assert other.entries() == []
    other.close()


def test_only_an_empty_register_is_filled(sqlite: Store) -> None:
    text = filled(sqlite)
    with pytest.raises(BadInput, match="not empty"):
        restore_dump(sqlite, io.StringIO(text), "backup")


def test_a_backup_during_writes_is_one_moment(store: Store, tmp_path: Path) -> None:
    taken, stop = 0, threading.Event()

    def write() -> None:
        seed = 10
        while not stop.is_set():
            for act in acts(3, seed=seed):
                record(act, "clerk", AT, store)
            seed += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(12):
            out = io.StringIO()
            write_dump(store, out)
            other = empty(tmp_path, f"copy{number}")
            restore_dump(other, io.StringIO(out.getvalue()), "backup")
            assert verify_register(other).faults == ()
            other.close()
            taken += 1
    finally:
        stop.set()
        writer.join()
    print(f"{taken} backups while writing")
    assert taken == 12
