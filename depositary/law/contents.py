"""The law's table of contents: which function applies each paragraph of articles 61 to 67, in the Convention's
numbering; and the paragraphs from which no date follows, with what they are about.
"""

from collections.abc import Callable
from typing import Any

from depositary.law.articles import (
    amendment,
    consent,
    denunciation,
    entry_into_force,
    protocols,
    reservations,
    signature,
    votes,
)

APPLIED_BY: dict[str, Callable[..., Any]] = {
    "61(2)": protocols.participation,
    "61(3)": protocols.participation,
    "62(1)": protocols.quorum_reached_on,
    "62(2)": votes.electorate,
    "63(3)": reservations.begin,
    "63(4)": reservations.withdraw,
    "64(1)": signature.sign,
    "64(2)": signature.member_has_signed,
    "64(3)": consent.organization,
    "64(4)": consent.organization,
    "65(1)": entry_into_force.count,
    "65(2)": entry_into_force.since,
    "66(1)": amendment.propose,
    "66(2)": votes.electorate,
    "66(3)": amendment.may_consent,
    "66(4)": amendment.own_day,
    "66(5)": amendment.bound_from,
    "67(1)": denunciation.denounce,
    "67(2)": denunciation.all_have_denounced,
    "67(3)": denunciation.follow_convention,
}

GIVES_RISE_TO_NO_DATE = {
    "61(1)": "that there may be protocols",
    "61(4)": "how a protocol is interpreted",
    "63(1)": "how disputes are settled",
    "63(2)": "arbitration, between parties in dispute",
}
