"""The API does what its description says: schemathesis tries each call with all its checks."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import schemathesis
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from depositary.law.clauses import Voting
from depositary.register.recording import record
from depositary.register.store import Store
from depositary.treaties.collection import Collection
from depositary.web.api import cross_origin
from depositary.web.app import create_app
from tests.longer import LONGER
from tests.register.sample_acts import AT
from tests.threads import apart
from tests.web.conftest import ACTS, TREATY

TRIED = {
    "seed": 1,
    "generation": {"max-examples": 8 * LONGER if LONGER > 1 else 4, "deterministic": True},
    "phases": {"stateful": {"enabled": True, "max-steps": 6}},
}


@pytest.fixture
def api(collection: Collection, sqlite: Store, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The description of a site with a signed register and a majority, without a limit of calls."""
    monkeypatch.setattr(cross_origin, "CALLS", type(cross_origin.CALLS)(1_000_000))
    for act in ACTS[:8]:
        record(act, "clerk", AT, sqlite)
    provisions = ("4(1)", "4(2)")
    rule = Voting(majority=(2, 3), amendment=provisions, protocol=provisions)
    clauses = collection.treaties[TREATY].model_copy(update={"voting": rule})
    app = create_app(
        Collection(collection.participants, {TREATY: clauses}, collection.folder), sqlite.entries, proofs=sqlite
    )
    # The formats are wider than what may be asked: days from 1800 to 2999, instants from 1900 until now.
    schemathesis.openapi.format("date", st.dates(date(1800, 1, 1), date(2999, 12, 31)).map(date.isoformat))
    instants = st.datetimes(datetime(1901, 1, 1), datetime(2026, 9, 30), timezones=st.just(UTC))  # noqa: DTZ001
    schemathesis.openapi.format("date-time", instants.map(datetime.isoformat))
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, config=SchemathesisConfig.from_dict(TRIED))


def test_no_call_fails_a_check(api: Any) -> None:
    def tried() -> tuple[int, list[str], set[str], set[str]]:
        calls, found, made, phases = 0, [], set[str](), set[str]()
        for event in from_schema(api).execute():
            if isinstance(event, events.NonFatalError | events.FatalError):
                found.append(repr(event))
            if isinstance(event, events.ScenarioFinished):
                assert event.status != Status.ERROR
                phases.add(event.phase.value)
                for case, checks in event.recorder.checks.items():
                    calls += 1
                    asked = event.recorder.cases[case].value
                    made |= {check.name for check in checks}
                    found += [
                        f"{check.name}: {asked.formatted_path} {asked.query} {asked.body!r}: {failed.failure}"
                        for check in checks
                        if (failed := check.failure_info) is not None
                    ]
        return calls, found, made, phases

    calls, found, made, phases = apart(tried)
    assert found == []
    assert calls > 1000
    assert phases == {"examples", "coverage", "fuzzing", "stateful"}
    assert made >= {
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
        "positive_data_acceptance",
        "unsupported_method",
    }
