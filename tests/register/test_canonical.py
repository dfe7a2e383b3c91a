"""An entry's canonical bytes: RFC 8785, read back as they were, frozen from the first day."""

from dataclasses import replace
from hashlib import sha256

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from depositary.register.canonical import (
    FIRST,
    act_digest,
    act_digest_in,
    canonical,
    closed,
    content_of,
    digest_of,
    entry_of,
    framed,
    previous_of,
    version_of,
)
from depositary.register.entry import Entry, Receipt
from tests.register.sample_acts import AT, SIGNED, entries, words

values = st.recursive(
    st.none() | st.integers(-(2**53) + 1, 2**53 - 1) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcXYZ_19", max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_it_is_what_rfc_8785_writes(value: object) -> None:
    assert canonical(value).encode() == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(entries)
def test_an_entry_comes_back_as_it_was(entry: Entry) -> None:
    treaty = entry.act.treaty if entry.act else entry.treaty
    back = entry_of(content_of(entry, FIRST))
    assert back == replace(entry, treaty=treaty)
    assert back.act is None or back.act.number == entry.number


@given(entries, st.sampled_from([FIRST, "ab" * 32]))
def test_the_pieces_by_which_it_is_checked_stand_where_they_must(entry: Entry, previous: str) -> None:
    content = content_of(entry, previous)
    treaty = entry.act.treaty if entry.act else entry.treaty
    assert content.count(framed(entry.number, previous)) == 1
    assert content.endswith(closed(entry.rectifies, treaty, version_of(entry)))
    assert act_digest_in(content) == (act_digest(entry.act) if entry.act else "")
    assert previous_of(content) == previous


def test_version_1_is_frozen() -> None:
    """If this fails, old registers no longer verify: make a version 2 instead."""
    content = content_of(Entry(1, SIGNED, AT, "registrar"), FIRST)
    assert content == (
        '{"act":{"action":"signature","date":"2025-10-25","effective":"","participant":"GHA","place":"Hanoi",'
        '"provision":"","source":"C.N.1.2025","subject":"","text":"","treaty":"XVIII-16"},"documents":[],'
        '"notice":null,"number":1,"previous":"","reason":"","receipt":null,'
        '"recorded_at":"2026-11-23T17:00:00.000000+00:00","recorded_by":"registrar","rectifies":null,'
        '"treaty":"XVIII-16","version":1}'
    )
    assert digest_of(content) == sha256(b"\x00" + content.encode()).hexdigest()
    assert digest_of(content) == "7356e1a7fac7c2542f1b87d0cffba13d47c08703d0543a774999c67d4484f0d1"


def test_version_3_is_frozen_and_its_act_is_that_of_version_1() -> None:
    content = content_of(Entry(1, SIGNED, AT, "registrar", receipt=Receipt(case=17)), FIRST)
    assert '"receipt":{"case":17,"determined_by":"","grounds":"","on_instrument":null,"received_at":null}' in content
    assert content.endswith(closed(None, "XVIII-16", 3))
    assert act_digest_in(content) == act_digest(SIGNED)
    assert digest_of(content) == "006ec2b49471bf508257d741d5d36457ca620ff656b628bb8191b78b1bf8a35d"
