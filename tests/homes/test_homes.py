"""Homes of each earlier form of the databases: each opens, migrates, verifies and serves."""

import json
import tarfile
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from depositary import clock
from depositary.correspondence.alerts.store import AlertStore
from depositary.desk.audit import Doing
from depositary.desk.case import cases_at_work, cases_done
from depositary.desk.case_steps import view_digest
from depositary.desk.release import release
from depositary.register.heads import Keys
from depositary.register.side_tables import verify_side_tables
from depositary.register.store import Store
from depositary.settings import PROJECT
from tests import program
from tests.cli.conftest import Run, get, served
from tests.stores import DATABASES

HERE = Path(__file__).parent


class Home(NamedTuple):
    """An archive, and how much stands in it."""

    archive: str
    entries: int
    authorities: int = 0
    notifications: int = 0
    alerts: int = 0
    cases: int = 0


HOMES = (
    Home("register-1-cfe6d20", 5),
    Home("register-2-b155ad9", 10),
    Home("contacts-1-faa018b", 10, 1),
    Home("contacts-2-89a9db6", 10, 2),
    Home("register-4-3225707", 10, 2),
    Home("register-5-8a214e5", 10, 2),
    Home("alerts-1-7fc3a6c", 11, 2, 1, 1),
    Home("rooms-1-d102aa0", 11, 2, 1, 1),
    Home("register-14-ad9c5ce", 11, 2, 1, 1),
    Home("drafts-33ff6c9", 12, 2, 1, 1, 7),
    Home("register-15-8713ae8", 12, 2, 1, 1, 7),
)
NEWEST = HOMES[6]
"""The newest home before the nine rooms; it has a published folder."""

WITH_CASES = [home for home in HOMES if home.cases]
STATES = ["submitted", "withdrawn", "refused", "received", "submitted", "open", "released"]
"""The states of the cases of a home, the latest case first."""


@pytest.fixture(params=HOMES, ids=lambda home: home.archive)
def home(request: pytest.FixtureRequest) -> Home:
    assert isinstance(request.param, Home)
    return request.param


@pytest.fixture(params=DATABASES)
def settings(request: pytest.FixtureRequest, home: Home, tmp_path: Path) -> dict[str, str]:
    """The home is unpacked; these settings open it, with the data of its participants."""
    with tarfile.open(HERE / f"{home.archive}.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    (tmp_path / "data/treaties").mkdir(parents=True)
    for name in ("XVIII-16.toml", "XVIII-16.md"):
        (tmp_path / "data/treaties" / name).write_bytes((PROJECT / "data/treaties" / name).read_bytes())
    (tmp_path / "data/participants.csv").write_bytes((HERE / "participants.csv").read_bytes())
    (tmp_path / "data/memberships.csv").write_text("organization,member,from,until\nZEN,RUR,2000-01-01,\n")
    (tmp_path / "data/SOURCES.md").write_text("# Where the data is from\n")
    found = {"DEPOSITARY_HOME": str(tmp_path / request.param), "DEPOSITARY_DATA": str(tmp_path / "data")}
    if request.param == "postgresql":
        url = str(request.getfixturevalue("postgres_database"))
        with psycopg.connect(url) as connection:
            connection.execute((tmp_path / "postgresql/database.sql").read_bytes())
        found |= {f"DEPOSITARY_{name}_URL": url for name in ("DATABASE", "CONTACTS", "ALERTS")}
    return found


@pytest.fixture
def run(settings: dict[str, str], tmp_path: Path) -> Run:
    return partial(program.call, tmp_path, **settings)


def output(run: Run, *command: str) -> str:
    """What a command that does not fail writes."""
    found = run(*command)
    assert found.returncode == 0, (command, found.stderr)
    return str(found.stdout)


def test_it_migrates_verifies_and_shows_what_it_held(home: Home, run: Run, settings: dict[str, str]) -> None:
    output(run, "migrate")
    verified = run("verify")
    assert verified.returncode == 0, verified.stderr
    assert f"{home.entries} entries" in verified.stdout + verified.stderr
    first, *_ = json.loads(output(run, "history", "1", "--format", "json"))
    assert (first["participant"], first["action"], first["date"]) == ("RUR", "signature", "2025-10-25")
    status = json.loads(output(run, "status", "--format", "json"))
    assert status["entry_into_force"]["counted"] == 2 + (home.entries > 5)
    authorities = json.loads(output(run, "contacts", "list", "point-of-contact", "--format", "json"))["authorities"]
    assert [one["authority"] for one in authorities] == ["Ministry of the Interior"] * (home.authorities > 0)
    assert run("contacts", "verify").returncode == 0
    assert len(json.loads(output(run, "notify", "list", "--format", "json"))) == home.notifications
    folder = Path(settings["DEPOSITARY_HOME"])
    alerts = AlertStore(settings.get("DEPOSITARY_ALERTS_URL", f"sqlite:///{folder / 'alerts.sqlite'}"), folder / "keys")
    alerts.migrate()
    with alerts.engine.begin() as connection:
        of = "" if alerts.engine.dialect.name == "sqlite" else "alerts."
        assert connection.exec_driver_sql(f"SELECT count(*) FROM {of}request").scalar() == home.alerts  # noqa: S608
    alerts.close()
    assert run("record", "2026-05-05 ZEN approval", "--by", "flora", "--anyway").returncode == 0


@pytest.mark.parametrize("home", WITH_CASES, ids=[home.archive for home in WITH_CASES], indirect=True)
def test_its_drafts_are_cases_and_nothing_is_lost(home: Home, run: Run, settings: dict[str, str]) -> None:
    folder = Path(settings["DEPOSITARY_HOME"])
    url = settings.get("DEPOSITARY_DATABASE_URL", f"sqlite:///{folder / 'register.sqlite'}")
    with closing(Store(url, Keys(folder / "keys"))) as store:
        before = kept_rows(store)
    output(run, "migrate")
    with closing(Store(url, Keys(folder / "keys"))) as store:
        assert kept_rows(store) == before
        assert verify_side_tables(store).faults == ()
        with store.session() as session:
            found = sorted(
                (*cases_at_work(session), *cases_done(session, 10)), key=lambda case: case.number, reverse=True
            )
            assert [case.state for case in found] == STATES
            file, _, refused, received, submitted, opened, released = found
            assert (file.content.is_file, len(file.content.acts)) == (True, 2)
            assert (refused.content.items[0].target, refused.steps[-1].reason) == (6, "The note says another day.")
            assert (received.is_held, received.content.checks[0]) == (True, "no")
            assert submitted.content.receipt is not None
            assert submitted.content.receipt.grounds == "A copy came first."
            assert (opened.content.remark, [*released.entries]) == ("Ask for the annex.", [12])
        for case, size in ((submitted, 13), (file, 15)):
            head = store.head()
            assert head is not None
            release(store, case.number, view_digest(case.last, head.root), Doing("rudolf", clock.now()))
            assert store.size() == size
        assert verify_side_tables(store).faults == ()
    (edition,) = json.loads(output(run, "circulate", "2026", "--list", "--format", "json"))["editions"]
    assert (edition["state"], len(edition["digest"])) == ("prepared", 64)


def kept_rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """What a migration leaves as it is: the contents of cases, their steps, notifications and editions."""
    wanted = {
        "draft_version": "draft, version, content, digest, saved_by, saved_at",
        "draft_step": "draft, step, what, version, author, done_by, done_at, reason, shown, entry, last_entry",
        "notification": "year, number, reference, content, digest",
        "edition": "name, digest",
        "letter": "number, edition, recipient, message_id, sealed",
    }
    with store.engine.connect() as connection:
        return {
            table: sorted(tuple(row) for row in connection.exec_driver_sql(f"SELECT {columns} FROM {table}"))  # noqa: S608
            for table, columns in wanted.items()
        }


@pytest.mark.parametrize("home", [NEWEST], ids=[NEWEST.archive], indirect=True)
def test_the_home_before_the_nine_rooms_is_built_and_served(
    home: Home, run: Run, settings: dict[str, str], tmp_path: Path
) -> None:
    output(run, "migrate")
    output(run, "site", "build", "site")
    assert "Ruritania" in (tmp_path / "site/en/treaties/XVIII-16/index.html").read_text(encoding="utf-8")
    with served(tmp_path, **settings) as (_, port):
        for path, said in (("/en/treaties/XVIII-16/", "Ruritania"), ("/register/head", '"size"')):
            status, body = get(port, path)
            assert (status, said in body.decode()) == (200, True), path
