"""Acts and entries made up for the register's tests."""

import random
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from depositary.law.acts import Act
from depositary.register.entry import Entry, Notice, Receipt

AT = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
SIGNED = Act("XVIII-16", "GHA", "signature", date(2025, 10, 25), place="Hanoi", source="C.N.1.2025")
RATIFIED = Act("XVIII-16", "GHA", "ratification", date(2026, 3, 2), text='«Ü»\n\t"\\ العربية 中文 \x7f')


def acts(number: int, seed: int = 1) -> list[Act]:
    """A number of different acts."""
    chance = random.Random(seed)
    return [
        Act(
            "XVIII-16",
            chance.choice(("GHA", "VNM", "QAT", "BRA")),
            "declaration",
            date(2026, 1, 1) + timedelta(days=chance.randrange(300)),
            text=f"{each}: {chance.random()}",
        )
        for each in range(number)
    ]


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
receipts = st.builds(
    Receipt,
    st.none() | days,
    st.none() | st.datetimes(timezones=st.sampled_from([UTC])),
    words,
    words,
    st.none() | st.integers(1, 9),
)
generated_acts = st.builds(
    Act,
    st.sampled_from(["XVIII-16", "I-1"]),
    st.sampled_from(["GHA", "EU"]),
    st.sampled_from(["signature", "accession", "declaration"]),
    days,
    place=words,
    text=words,
    source=words,
)
entries = st.builds(
    Entry,
    st.integers(1, 10**6),
    st.none() | generated_acts,
    st.datetimes(timezones=st.sampled_from([UTC])),
    words,
    st.none() | st.integers(1, 10**6),
    words,
    st.just("I-1"),
    st.none() | receipts,
    st.none() | st.builds(Notice, st.integers(1, 9), words, st.none() | days, st.none() | days),
    st.lists(st.just("ab" * 32), max_size=2).map(tuple),
)
