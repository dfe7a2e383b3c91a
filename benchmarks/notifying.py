"""A depositary notification as PDF, beside the house's emptiest page set by the same typesetter."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from benchmarks.measuring import ROUNDS, Figure, interleaved
from depositary.correspondence.notifications.draft import draft
from depositary.correspondence.notifications.paragraphs import Issue
from depositary.correspondence.notifications.pdf import pdf_of
from depositary.correspondence.notifications.pending import pending
from depositary.law.acts import Act
from depositary.register.entry import Entry
from depositary.settings import PROJECT
from depositary.treaties.cases import INVENTED, STATES
from depositary.treaties.clause_files import load_clauses
from depositary.treaties.collection import Collection
from depositary.words import language
from depositary.words.pdf import document

TREATY = "XVIII-16"


def figures() -> Iterator[Figure]:
    """The notification of an accession: typeset, and drafted and typeset."""
    folder = PROJECT / "data"
    treaties = Collection(INVENTED, {TREATY: load_clauses(folder / f"treaties/{TREATY}.toml")}, folder)
    day, at = date(2027, 1, 1), datetime(2027, 3, 1, tzinfo=UTC)
    acts = [Act(TREATY, code, "accession", day + timedelta(days=place)) for place, code in enumerate(STATES[:41])]
    entries = [Entry(number, act, at, "flora", treaty=TREATY) for number, act in enumerate(acts, 1)]
    event = pending(treaties, lambda treaty: entries, [], [TREATY], date(2027, 3, 1))[-1]
    issue = Issue(
        date(2027, 3, 1), f"C.N.1.2027.TREATIES-{TREATY}", 41, "ab" * 32, "https://treaties.example.int/cn/2027/1"
    )
    english = language("en")

    def drafted() -> bytes:
        return pdf_of(draft(event, english, issue, folder))

    assert drafted() == drafted(), "the same bytes"
    kept = draft(event, english, issue, folder)
    empty = {
        "title": "-",
        "language": "en",
        "day": [2027, 3, 1],
        "foot": "-",
        "subtitle": "-",
        "rows": [],
        "empty": "-",
    }

    def reference() -> bytes:
        return document("authorities", empty)

    for name, call in (
        ("a notification, typeset", lambda: pdf_of(kept)),
        ("a notification, drafted and typeset", drafted),
    ):
        ours, other = interleaved(call, reference, 20, ROUNDS)
        yield Figure(name, ours, other, ours / other, 10)
