"""What a watcher is told: /readyz and /metrics of the site and of the desk."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from depositary.register.heads import Keys
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection
from depositary.web.alarm import Alarm
from depositary.web.publication.measures import watch_of
from depositary.web.publication.publisher import publication_of
from depositary.web.publication.server import PublishedSite
from tests.cli.conftest import get
from tests.operation.conftest import environment, listening
from tests.register.sample_acts import AT, SIGNED


@contextmanager
def site_of(store: Store) -> Iterator[tuple[PublishedSite, TestClient]]:
    """A site of a register, as it was made: nothing watches the register."""
    site = PublishedSite(publication_of(load_collection(PROJECT / "data"), store))
    site.watch = watch_of(site, store)
    try:
        yield site, TestClient(site)
    finally:
        site.publication._loop.close()


def measured(text: str) -> dict[str, float]:
    """The samples by name and labels, as Prometheus' own parser reads them."""
    return {
        " ".join((sample.name, *sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_site_is_ready_and_tells_its_measures(store: Store) -> None:
    record(SIGNED, "clerk", AT, store)
    public = Store(store.url, Keys(Path("none")), public=True)
    with site_of(public) as (_, client):
        assert (client.get("/readyz").status_code, client.get("/readyz").text) == (200, "ready\n")
        client.get("/en/treaties/XVIII-16/?on=2026-01-01")
        found = measured(client.get("/metrics").text)
        assert found["depositary_entries"] == found["depositary_edition_entries"] == 1
        assert found["depositary_alarm"] == 0
        assert found["depositary_database_up"] == 1
        assert found["depositary_requests_total computed"] == 1
        assert found["depositary_edition_age_seconds"] >= 0
        assert found["process_open_fds"] > 0
        public.close()


def test_an_alarm_is_told(sqlite: Store) -> None:
    with site_of(sqlite) as (site, client):
        site.publication.alarm = Alarm("2027-03-01T12:00:00-05:00", 7, "entry 8 does not verify")
        told = client.get("/readyz")
        assert told.status_code == 503
        assert told.text == "The site stays as at entry 7 since 2027-03-01T12:00:00-05:00: entry 8 does not verify\n"
        assert measured(client.get("/metrics").text)["depositary_alarm"] == 1


def test_a_schema_that_does_not_fit_is_told(sqlite: Store) -> None:
    with site_of(sqlite) as (_, client):
        with sqlite.session(writing=True) as session:
            session.execute(sa.text("UPDATE alembic_version SET version_num = '0004'"))
        told = client.get("/readyz")
        assert (told.status_code, told.text) == (
            503,
            "The register stands at revision 0004. Run `depositary migrate`.\n",
        )


def test_a_database_that_is_stopped_is_told(postgres_database: str, tmp_path: Path) -> None:
    store = Store(postgres_database, Keys(tmp_path))
    store.migrate()
    with site_of(store) as (_, client):
        assert client.get("/readyz").status_code == 200
        store.engine.dispose()
        gone = Store(postgres_database.replace("/test_", "/gone_"), Keys(tmp_path))
        store.engine = gone.engine
        told = client.get("/readyz")
        assert told.status_code == 503
        assert "cannot be reached" in told.text
        assert "healthz" not in told.text
        assert measured(client.get("/metrics").text)["depositary_database_up"] == 0
        gone.close()


def test_missing_templates_are_told(sqlite: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with site_of(sqlite) as (_, client):
        monkeypatch.setattr("depositary.web.watch.TEMPLATES", tmp_path)
        told = client.get("/readyz")
        assert told.status_code == 503
        assert f"The templates {tmp_path / 'public'} are not there.\n" in told.text


def test_both_processes_answer_their_watchers(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("depositary")
    with listening(program, tmp_path, environment(tmp_path)) as (site, desk):
        for port in (site, desk):
            assert get(port, "/readyz") == (200, b"ready\n")
        public, staff = (measured(get(port, "/metrics")[1].decode()) for port in (site, desk))
        assert public["depositary_entries"] == staff["depositary_entries"] > 1000
        assert staff["depositary_due circulation overdue"] == 0
        assert get(site, "/en/")[0] == 200
        later = measured(get(site, "/metrics")[1].decode())
        answered = [later[f"depositary_requests_total {how}"] for how in ("from memory", "rendered")]
        assert sum(answered) == 1
        assert later["depositary_render_seconds_count"] >= 1
