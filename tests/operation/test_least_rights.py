"""Processes with the rights that docs/operate.md gives them, and no other: on PostgreSQL and on a hot standby of it."""

import subprocess
from pathlib import Path

import psycopg
import pytest

from depositary.register.heads import Keys
from depositary.register.revisions import newest
from depositary.register.store import MIGRATIONS, Store
from depositary.settings import PROJECT
from tests.cli.conftest import call, get, served
from tests.operation.conftest import Cluster
from tests.waiting import until

STATUS = "/en/treaties/XVIII-16/"

PUBLIC = ("status", "export", "head", "explain GHA", "history 1")
STAFF = ("status", "due", "outbox list", "outbox send", "user list", "notify list", "verify")


@pytest.fixture(scope="module")
def home(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose register is on the cluster, with one entry, recorded under the role of the desk."""
    folder = tmp_path_factory.mktemp("least")
    migrated = call(
        folder,
        "migrate",
        "--public-role",
        "public_site",
        "--desk-role",
        "staff",
        DEPOSITARY_DATABASE_URL=cluster.primary,
    )
    assert migrated.returncode == 0, migrated.stderr
    done = record(cluster, folder, "2025-10-25 GHA signature place=Hanoi")
    assert done.returncode == 0, done.stderr
    return folder


def record(cluster: Cluster, folder: Path, act: str) -> "subprocess.CompletedProcess[str]":
    return call(folder, "record", act, "--by", "Flora", DEPOSITARY_DATABASE_URL=cluster.as_role("staff"))


@pytest.mark.parametrize("command", PUBLIC)
def test_the_public_role_reads(cluster: Cluster, home: Path, command: str) -> None:
    url = cluster.as_role("public_site")
    with psycopg.connect(cluster.primary) as recording:
        recording.execute("LOCK TABLE entry IN EXCLUSIVE MODE")  # somebody records at this moment
        done = call(home, *command.split(), DEPOSITARY_DATABASE_URL=url)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("command", STAFF)
def test_the_role_of_the_desk_suffices_for_the_timers(cluster: Cluster, home: Path, command: str) -> None:
    done = call(home, *command.split(), DEPOSITARY_DATABASE_URL=cluster.as_role("staff"))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("said", ["ALTER TABLE entry DISABLE TRIGGER ALL", "DROP TABLE entry", "TRUNCATE entry"])
def test_the_role_of_the_desk_changes_no_table(cluster: Cluster, home: Path, said: str) -> None:
    with (
        psycopg.connect(cluster.as_role("staff")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(said.encode())


def test_the_site_is_served_under_the_public_role(cluster: Cluster, home: Path) -> None:
    with served(home, DEPOSITARY_DATABASE_URL=cluster.as_role("public_site")) as (_, port):
        for path in (STATUS, f"{STATUS}?on=2026-01-01", "/register/head", "/register/proof/1"):
            assert get(port, path)[0] == 200, path


@pytest.mark.parametrize(
    ("role", "command"), [("public_site", "status"), ("public_site", "head"), ("staff", "verify"), ("staff", "due")]
)
def test_a_hot_standby_answers(cluster: Cluster, home: Path, role: str, command: str) -> None:
    done = call(home, command, DEPOSITARY_DATABASE_URL=cluster.as_role(role, cluster.standby))
    assert (done.returncode, done.stderr) == (0, "")


def test_a_hot_standby_refuses_an_entry_in_a_sentence(cluster: Cluster, home: Path) -> None:
    url = cluster.as_role("staff", cluster.standby)
    done = call(home, "record", "2026-03-02 GHA ratification", "--by", "Flora", DEPOSITARY_DATABASE_URL=url)
    assert done.returncode == 3
    assert "cannot execute LOCK TABLE during recovery). Nothing was recorded." in done.stderr
    assert "Traceback" not in done.stderr


def test_the_site_of_a_standby_follows_the_register(cluster: Cluster, home: Path) -> None:
    site = home / "far"
    site.mkdir(exist_ok=True)  # another machine: its home has no key of the register
    with served(site, DEPOSITARY_DATABASE_URL=cluster.as_role("public_site", cluster.standby)) as (_, port):
        assert get(port, STATUS)[0] == 200
        assert record(cluster, home, "2026-03-02 GHA ratification").returncode == 0
        until(lambda: b"2 March 2026" in get(port, STATUS)[1], "the standby's site shows the entry", pause=0.1)
    assert not (site / "var" / "keys").exists()


def test_a_role_without_rights_is_told_so(cluster: Cluster, home: Path) -> None:
    done = call(home, "status", DEPOSITARY_DATABASE_URL=cluster.as_role("nobody"))
    assert done.returncode == 3
    assert "permission denied" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_reading_command_says_what_the_schema_lacks(tmp_path: Path) -> None:
    file = tmp_path / "var" / "register.sqlite"
    none = call(tmp_path, "status")
    assert none.returncode == 2
    assert "holds no register yet. Run `depositary migrate`." in none.stderr
    assert not file.exists()
    store = Store(f"sqlite:///{file}", Keys(tmp_path / "var" / "keys"))
    store.migrate("0004")
    for command in PUBLIC:
        old = call(tmp_path, *command.split())
        assert old.returncode == 2, old.stderr
        needed = newest(MIGRATIONS)
        assert f"stands at revision 0004, and this program needs {needed}. Run `depositary migrate`." in old.stderr
    store.migrate()
    store.close()
    assert call(tmp_path, "status").returncode == 0


def test_a_schema_from_the_future_is_left_alone(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'var' / 'register.sqlite'}", Keys(tmp_path / "var" / "keys"))
    store.migrate()
    with store.session(writing=True) as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    for command in ("status", "migrate", "serve"):
        done = call(tmp_path, command)
        assert done.returncode == 2
        assert "Use the program that brought it there." in done.stderr


def test_no_password_is_printed(cluster: Cluster, tmp_path: Path) -> None:
    done = call(tmp_path, "migrate", DEPOSITARY_DATABASE_URL=cluster.primary.replace(":@", ":verysecret@"))
    assert done.returncode == 0, done.stderr
    assert "verysecret" not in done.stdout + done.stderr
    assert "postgresql://postgres:***@" in done.stderr


def test_the_roles_script_gives_a_house_its_roles(cluster: Cluster, tmp_path: Path) -> None:
    script = PROJECT / "deploy" / "roles.sql"
    command: list[str | Path] = [cluster.programs / "psql", "-v", "ON_ERROR_STOP=1", "--file", script, cluster.primary]
    subprocess.run(command, check=True, capture_output=True)
    database = cluster.primary.replace("/register?", "/depositary?")
    owner, desk, site = (cluster.as_role(f"depositary{role}", database) for role in ("", "_desk", "_public"))
    roles = ("--public-role", "depositary_public", "--desk-role", "depositary_desk")
    assert call(tmp_path, "migrate", *roles, DEPOSITARY_DATABASE_URL=owner).returncode == 0
    act = "2025-10-25 GHA signature place=Hanoi"
    assert call(tmp_path, "record", act, "--by", "Flora", DEPOSITARY_DATABASE_URL=desk).returncode == 0
    assert call(tmp_path, "status", DEPOSITARY_DATABASE_URL=site).returncode == 0
    refused = call(tmp_path, "record", "2026-03-02 GHA ratification", "--by", "Flora", DEPOSITARY_DATABASE_URL=site)
    assert refused.returncode == 3
    assert call(tmp_path, "due", DEPOSITARY_DATABASE_URL=desk).returncode == 0
    looked = call(tmp_path, "doctor", DEPOSITARY_DATABASE_URL=desk)
    assert "the role depositary_desk reads and writes" in looked.stdout
