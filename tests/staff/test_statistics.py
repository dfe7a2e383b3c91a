"""The tables of an annual report: by year, treaty and region, on a page and as CSV."""

import csv
import io
from datetime import date

from depositary.desk.roles import Role
from depositary.law.acts import Act
from depositary.register.recording import record, strike_out
from depositary.treaties.statistics import Group, counts, table
from depositary.web.staff.desk import Desk
from tests.register.sample_acts import AT
from tests.staff.conftest import Browser
from tests.words_of import words_of

ACTS = [
    Act("XVIII-16", "GHA", "ratification", date(2026, 3, 2)),
    Act("XVIII-16", "KEN", "ratification", date(2026, 4, 2)),
    Act("XVIII-16", "FRA", "accession", date(2027, 4, 2)),
    Act("XVIII-16", "EU", "declaration", date(2027, 4, 2)),
    Act("XVIII-16", "", "ruling", date(2027, 4, 2)),
]
REGIONS = {"GHA": "africa", "KEN": "africa", "FRA": "europe"}


def test_acts_are_counted_by_year_treaty_region_and_kind() -> None:
    found = counts(ACTS, REGIONS, {"EU"})
    assert found[Group(2026, "XVIII-16", "africa", "ratification")] == 2
    assert found[Group(2027, "XVIII-16", "organizations", "declaration")] == 1
    assert sum(found.values()) == 4, "a ruling is nobody's"
    assert table(found, "region") == (
        ("ratification", "accession", "declaration"),
        [("africa", (2, 0, 0)), ("europe", (0, 1, 0)), ("organizations", (0, 0, 1))],
    )
    assert [row for row, _ in table(found, "year")[1]] == ["2026", "2027"]


def test_the_page_and_the_file_have_the_acts_that_stand(staff: dict[Role, Browser], desk: Desk) -> None:
    for code, day in (("S01", date(2025, 3, 2)), ("S02", date(2026, 3, 2)), ("S03", date(2026, 4, 2))):
        record(Act("XVIII-16", code, "accession", day), "clerk", AT, desk.store)
    strike_out(3, "clerk", AT, desk.store, reason="Misread.")
    page = staff["auditor"].client.get("/staff/statistics").text
    assert page.count("<rect") == 2
    assert "By region" in words_of(page)
    sent = staff["auditor"].client.get("/staff/statistics.csv?treaty=XVIII-16")
    assert sent.headers["content-disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(sent.text)))
    assert [(row["year"], row["act"], row["number"]) for row in rows] == [
        ("2025", "accession", "1"),
        ("2026", "accession", "1"),
    ]
