"""The public process writes nothing and reads nothing of the desk."""

import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from depositary.errors import Unavailable
from depositary.law.acts import Act
from depositary.register.heads import Keys
from depositary.register.recording import record
from depositary.register.store import PUBLIC, Store
from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection
from depositary.web.app import create_app
from tests.register.sample_acts import AT


@pytest.fixture
def public(store: Store, tmp_path: Path) -> Iterator[Store]:
    record(Act("XVIII-16", "GHA", "signature", date(2025, 10, 25)), "clerk", AT, store)
    url = store.url
    if store.engine.dialect.name == "postgresql":
        role = f"public_{secrets.token_hex(4)}"
        with store.engine.begin() as connection:
            connection.execute(sa.text(f"CREATE ROLE {role} LOGIN"))
        store.grant_public(role)
        url = sa.make_url(url).set(username=role).render_as_string(hide_password=False)
    opened = Store(url, Keys(tmp_path / "keys"), public=True)
    yield opened
    opened.close()
    if store.engine.dialect.name == "postgresql":
        with store.engine.begin() as connection:
            connection.execute(sa.text(f"DROP OWNED BY {role}"))
            connection.execute(sa.text(f"DROP ROLE {role}"))


def test_it_writes_nothing(public: Store) -> None:
    for statement in ("INSERT INTO account (name) VALUES ('x')", "DROP TABLE audit", "CREATE TABLE x (y int)"):
        with pytest.raises((sa.exc.DBAPIError, Unavailable)), public.session(writing=True) as session:
            session.execute(sa.text(statement))
    with pytest.raises((sa.exc.DBAPIError, Unavailable)):
        record(Act("XVIII-16", "GHA", "ratification", date(2026, 3, 2)), "clerk", AT, public)
    assert len(public.entries()) == 1


def test_it_reads_the_tables_that_are_public_and_no_other(public: Store, store: Store) -> None:
    tables = set(sa.inspect(store.engine).get_table_names())
    assert tables > PUBLIC
    for table in tables - PUBLIC:
        with pytest.raises(sa.exc.DatabaseError, match=r"prohibited|denied"), public.session() as session:
            session.execute(sa.select(sa.text("*")).select_from(sa.text(table))).all()


def test_the_site_works_all_the_same(public: Store) -> None:
    site = TestClient(create_app(load_collection(PROJECT / "data"), public.entries, proofs=public))
    for path in ("/en/treaties/XVIII-16/", "/register/head", "/register/proof/1", "/treaties/XVIII-16/status.json"):
        assert site.get(path).status_code == 200, path
