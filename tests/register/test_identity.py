"""A second import changes nothing silently: a row that repeats an entry in other words is listed, not recorded."""

from dataclasses import replace
from datetime import date

import pytest

from depositary.law.acts import Act
from depositary.register.batch import new_acts, record_all
from depositary.register.entry import acts_of, as_known
from depositary.register.identity import Difference
from depositary.register.recording import rectify, strike_out
from depositary.register.store import Store
from depositary.register.transaction import Refused
from tests.register.sample_acts import AT, RATIFIED, SIGNED

DECLARED = Act("XVIII-16", "GHA", "declaration", date(2026, 3, 2), provision="64(3)", text="First.")
LEFT = Act("XVIII-16", "GHA", "denunciation", date(2030, 1, 1))


def again(store: Store, *acts: Act, reason: str = "") -> tuple[int, list[tuple[int, tuple[str, ...]]]]:
    """How many entries a second file adds, and the entries it repeats, with the columns that differ."""
    dry: list[Difference] = []
    new = list(new_acts(acts, store, dry))
    differing: list[Difference] = []
    entries = record_all(acts, "clerk", AT, store, differing, rectify=reason)
    assert differing == dry
    assert len(entries) == len(new) + (len(differing) if reason else 0)
    return len(entries), [(one.entry, one.columns) for one in differing]


@pytest.mark.parametrize(
    ("changed", "columns"),
    [
        ({"source": "C.N.2.2025"}, ("source",)),
        ({"place": "New York", "source": ""}, ("place", "source")),
        ({"date": date(2025, 10, 26)}, ("date",)),
        ({"provision": "64(1)"}, ("provision",)),
    ],
)
def test_a_signature_is_not_recorded_twice(store: Store, changed: dict[str, object], columns: tuple[str, ...]) -> None:
    record_all([SIGNED], "registrar", AT, store)
    assert again(store, replace(SIGNED, **changed)) == (0, [(1, columns)])  # type: ignore[arg-type]
    assert acts_of(store.entries()) == [SIGNED]


def test_a_consent_of_another_day_or_kind_repeats_the_one_that_stands(store: Store) -> None:
    record_all([RATIFIED], "registrar", AT, store)
    changed = replace(RATIFIED, action="accession", date=date(2026, 3, 3))
    assert again(store, changed) == (0, [(1, ("action", "date"))])


def test_who_has_left_may_consent_anew(store: Store) -> None:
    record_all([RATIFIED], "registrar", AT, store)
    anew = replace(RATIFIED, action="accession", date=date(2031, 1, 1))
    assert again(store, LEFT, anew) == (2, [])


def test_the_text_tells_apart_where_there_are_several(store: Store) -> None:
    record_all([DECLARED], "registrar", AT, store)
    assert again(store, replace(DECLARED, text="First!")) == (0, [(1, ("text",))])
    second = replace(DECLARED, text="Second.")
    assert again(store, second, DECLARED) == (1, [])
    assert again(store, replace(second, source="C.N.9"), replace(DECLARED, source="C.N.8")) == (
        0,
        [(2, ("source",)), (1, ("source",))],
    )
    assert again(store, replace(DECLARED, text="Third."), second, DECLARED) == (1, [])


def test_objections_to_two_reservations_are_two_acts(store: Store) -> None:
    first = Act("XVIII-16", "GHA", "objection", date(2026, 3, 2), addressee="QAT", text="No.")
    record_all([first], "registrar", AT, store)
    assert again(store, replace(first, addressee="VNM")) == (1, [])
    assert again(store, replace(first, effect="precludes entry into force")) == (0, [(1, ("effect",))])


def test_a_difference_becomes_a_rectification_only_when_asked(store: Store) -> None:
    record_all([SIGNED, RATIFIED], "registrar", AT, store)
    changed = replace(SIGNED, place="New York")
    assert again(store, RATIFIED, changed, reason="as in the file of 1 March") == (1, [(1, ("place",))])
    entry = store.entries()[-1]
    assert (entry.rectifies, entry.reason, entry.act) == (1, "as in the file of 1 March", changed)
    assert again(store, RATIFIED, changed) == (0, [])


def test_a_file_does_not_bring_back_what_was_rectified_or_struck_out(store: Store) -> None:
    record_all([SIGNED, RATIFIED], "registrar", AT, store)
    rectify(1, replace(SIGNED, date=date(2025, 10, 26)), "registrar", AT, store, reason="a slip")
    strike_out(2, "registrar", AT, store, reason="never deposited")
    assert again(store, SIGNED, RATIFIED) == (0, [(3, ("date",)), (4, ())])
    with store.recording() as recording:
        recording.append(RATIFIED, AT, "registrar")
    assert again(store, RATIFIED) == (0, [])


def test_nothing_is_left_out_where_nobody_asks_for_the_differences(store: Store) -> None:
    record_all([SIGNED], "registrar", AT, store)
    with pytest.raises(Refused, match=r"1 acts repeat entries .* differs from entry 1 in: source"):
        record_all([replace(SIGNED, source="C.N.2.2025"), RATIFIED], "clerk", AT, store)
    assert acts_of(store.entries()) == [SIGNED]


def test_newer_histories_add_only_what_is_new(store: Store) -> None:
    """Samples of two tables: sources named anew, a date and a kind corrected, acts added."""
    iraq = Act("IV-2", "IRQ", "ratification", date(1970, 1, 14), source="status table of 10 July 2014")
    estonia = Act("XXVII-15", "EST", "approval", date(2013, 11, 20), source="status table of 2014")
    oman = Act("XXVI-5", "OMN", "accession", date(2014, 7, 11), source="MTDSG 2026")
    greece = Act("IV-2", "GRC", "signature", date(1966, 3, 7), source="status table of 10 July 2014")
    record_all([iraq, estonia, greece], "import", AT, store)
    newer = [
        replace(iraq, date=date(1970, 2, 13), source="MTDSG 2026"),
        replace(estonia, action="accession", date=date(2008, 11, 7), source="MTDSG 2026"),
        replace(greece, source="status table of 10 July 2014 and MTDSG 2026"),
        oman,
    ]
    assert again(store, *newer) == (
        1,
        [(1, ("date", "source")), (2, ("action", "date", "source")), (3, ("source",))],
    )
    assert acts_of(as_known(store.entries())) == [iraq, estonia, greece, oman]
