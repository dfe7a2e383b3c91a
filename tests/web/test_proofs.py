"""The proofs of a running site, checked by `docs/verify.py`, which knows nothing of this program."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from depositary.register.entry import Receipt
from depositary.register.recording import note, record, rectify
from depositary.register.store import Store
from depositary.settings import PROJECT
from depositary.treaties.collection import Collection
from depositary.web.app import create_app
from depositary.web.publication.snapshot import fetch
from tests.register.sample_acts import AT
from tests.stores import register_at
from tests.web.conftest import ACTS, PARTICIPANTS
from tests.words_of import words_of

Serve = Callable[[Any], AbstractContextManager[str]]


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Store]:
    with register_at(f"sqlite:///{tmp_path / 'register.sqlite'}", tmp_path) as store:
        for act in ACTS[:7]:
            record(act, "clerk", AT, store)
        yield store


def checked(*arguments: str, options: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *options, str(PROJECT / "docs/verify.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def kept(register: Store, path: Path) -> str:
    head = register.head()
    assert head is not None
    path.write_text(json.dumps(head.told() | {"public_key": register.signing_keys()[-1].public}))
    return str(path)


def test_the_verifier_is_short() -> None:
    assert len((PROJECT / "docs/verify.py").read_text().splitlines()) <= 82


def test_every_entry_is_proven_to_a_stranger(
    collection: Collection, register: Store, serve: Serve, tmp_path: Path
) -> None:
    heads = [kept(register, tmp_path / "head-7.json")]
    with serve(create_app(collection, register.entries, proofs=register)) as site:
        for act in ACTS[7:]:
            record(act, "clerk", AT, register)
            heads.append(kept(register, tmp_path / f"head-{len(heads) + 7}.json"))
        for number, head in enumerate(heads, 1):
            done = checked(site, str(number), head)
            assert done.returncode == 0, done.stderr
            assert f"Entry {number}: {{'action'" in done.stdout


def test_without_arguments_it_says_how_it_is_used() -> None:
    for options in ((), ("-OO",)):
        done = checked(options=options)
        assert done.returncode != 0
        assert "SITE" in done.stderr
        assert "Traceback" not in done.stderr


def test_two_heads_are_held_against_each_other(
    collection: Collection, register: Store, serve: Serve, tmp_path: Path
) -> None:
    old = kept(register, tmp_path / "old.json")
    for act in ACTS[7:]:
        record(act, "clerk", AT, register)
    new = kept(register, tmp_path / "new.json")
    with serve(create_app(collection, register.entries, proofs=register)) as site:
        done = checked(site, old, new)
        assert done.returncode == 0, done.stderr
        assert done.stdout.count("is the beginning of the") == 2
        told = json.loads(Path(old).read_text())
        other = tmp_path / "other.json"
        other.write_text(json.dumps(told | {"root": "0" * 64}))
        assert "NOT PROVEN" in checked(site, str(other), new).stderr


def test_a_register_written_anew_does_not_hold(
    collection: Collection, register: Store, serve: Serve, tmp_path: Path
) -> None:
    head = kept(register, tmp_path / "head.json")
    with register_at(f"sqlite:///{tmp_path / 'other.sqlite'}", tmp_path) as other:
        for act in reversed(ACTS):
            record(act, "insider", AT, other)
        rewritten = create_app(collection, other.entries, proofs=other)
    with serve(rewritten) as site:
        assert checked(site, "3").returncode == 0
        for options in ((), ("-O",), ("-OO",)):
            done = checked(site, "3", head, options=options)
            assert done.returncode != 0
            assert "written anew" in done.stderr


def forged(register: Store, path: str, change: Callable[[dict[str, Any], Callable[..., Any]], None]) -> Any:
    """A site that answers a path with a changed proof, its head signed anew by the register's own key."""
    honest = create_app(Collection(PARTICIPANTS, {}, PROJECT / "data"), register.entries, proofs=register)

    def sign(head: dict[str, Any], **changed: Any) -> None:
        head |= changed
        told = {name: head[name] for name in sorted(head) if name != "signature"}
        head["signature"] = register.keys.sign(head["key"], json.dumps(told, separators=(",", ":")).encode())

    async def app(scope: Any, receive: Any, send: Any) -> None:
        status, _, body = await fetch(honest, scope["path"])
        if scope["path"] == path:
            proof = json.loads(body)
            change(proof, sign)
            body = json.dumps(proof).encode()
        await Response(body, status, media_type="application/json")(scope, receive, send)

    return app


FORGERIES: dict[str, tuple[str, str, Callable[[Any, Callable[..., Any]], Any]]] = {
    "an empty root": ("proof/3", "32 bytes", lambda proof, sign: sign(proof["head"], root="")),
    "an empty register": ("proof/3", "is empty", lambda proof, sign: sign(proof["head"], size=0)),
    "no content": ("proof/3", "no such entry", lambda proof, sign: proof.update(content="")),
    "no path": ("proof/3", "too short", lambda proof, sign: proof.update(path=[])),
    "an empty step": ("proof/3", "32 bytes", lambda proof, sign: proof["path"].append("")),
    "another entry's content": ("proof/3", "not in the signed", lambda proof, sign: proof.update(content='{"act":{}}')),
    "a head signed by nobody": (
        "proof/3",
        "InvalidSignature",
        lambda proof, _: proof["head"].update(signature="0" * 128),
    ),
    "no path of consistency": ("consistency/5", "proof is missing", lambda proof, sign: proof.update(path=[])),
    "a shorter register": ("consistency/5", "become shorter", lambda proof, sign: sign(proof["head"], size=4)),
    "an empty later root": ("consistency/5", "32 bytes", lambda proof, sign: sign(proof["head"], root="")),
}


@pytest.mark.parametrize(("path", "says", "change"), FORGERIES.values(), ids=FORGERIES)
@pytest.mark.parametrize("options", [(), ("-O",)])
def test_nothing_empty_or_changed_is_a_proof(
    register: Store,
    serve: Serve,
    tmp_path: Path,
    path: str,
    says: str,
    change: Callable[[Any, Callable[..., Any]], Any],
    options: tuple[str, ...],
) -> None:
    earlier = register.head(5)
    assert earlier is not None
    head = tmp_path / "head.json"
    head.write_text(json.dumps(earlier.told() | {"public_key": register.signing_keys()[-1].public}))
    with serve(forged(register, "/", change)) as site:
        assert checked(site, "3", str(head), options=options).returncode == 0
    with serve(forged(register, f"/register/{path}", change)) as site:
        done = checked(site, "3", str(head), options=options)
    assert done.returncode == 1, done.stdout
    assert done.stderr.startswith("NOT PROVEN: ")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("address", ["proof/99", "proof/0", "proof/x", "proof/1e3", "consistency/0", "consistency/99"])
def test_what_cannot_be_proven_is_said_in_a_sentence(collection: Collection, register: Store, address: str) -> None:
    response = TestClient(create_app(collection, register.entries, proofs=register)).get(f"/register/{address}")
    assert response.status_code == 404
    assert response.json()["error"].endswith(".")


def test_a_site_without_a_head(collection: Collection) -> None:
    response = TestClient(create_app(collection, lambda after, treaty: [])).get("/register/head")
    assert (response.status_code, response.json()["error"][:21]) == (404, "The register is empty")


def test_the_page_of_an_entry_tells_its_dates_and_what_became_of_it(collection: Collection, register: Store) -> None:
    receipt = Receipt(ACTS[2].date, AT, "legal officer", "as handed over")
    rectify(3, ACTS[2], "clerk", AT, register, reason="the receipt was missing", receipt=receipt, documents=[b"scan"])
    note(8, "clerk", AT, register, reference="C.N.2.2026", notified_on=ACTS[4].date)
    client = TestClient(create_app(collection, register.entries, proofs=register))
    page = words_of(client.get("/en/treaties/I-1/register/8").text)
    for expected in (
        "Date on the instrument 2 February 2026",
        "Received 23 November 2026, 12:00:00 in New York",
        "Date determined by legal officer: as handed over",
        "Takes the place of entry 3",
        "Since then entry 8: notified on 2 March 2026 as C.N.2.2026",
        "Document (SHA-256)",
        "Proof that this entry is in the signed register",
    ):
        assert expected in page
    assert "entry 8: notified on 2 March 2026" in words_of(client.get("/en/treaties/I-1/register").text)
