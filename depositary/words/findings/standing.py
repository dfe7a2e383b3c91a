"""Sentences about where a participant stands."""

from collections.abc import Callable
from datetime import date

from depositary.law.findings import About, Finding
from depositary.words.findings.wording import Wording

ENDINGS = ("denunciation", "denunciation-entailed", "organization-ceases", "ceased-to-exist")


def no_relation(say: Wording) -> str:
    if say.finding.because:
        return say.gettext("%(participant)s has withdrawn and has no relation to %(treaty)s")
    return say.gettext("%(participant)s has neither signed %(treaty)s nor deposited an instrument with effect")


def signatory(say: Wording) -> str:
    signed = say.language.date(say.finding.acts[0].date)
    if say.finding.acts[0].action == "succession to signature":
        return say.gettext(
            "%(participant)s is a signatory: it succeeded to the signature on %(signed)s and has no instrument deposited",
            signed=signed,
        )
    return say.gettext(
        "%(participant)s is a signatory: it signed on %(signed)s and has no instrument deposited", signed=signed
    )


def signature_withdrawn(say: Wording) -> str:
    return say.gettext("%(participant)s withdrew its signature of %(signed)s on %(date)s", signed=say.day("signed"))


def contracting(say: Wording) -> str:
    if say.finding.value is None:
        return say.gettext("%(Treaty)s is not yet in force for %(participant)s")
    coming = _last(say.finding, ("contracting",), starting="entry-into-force-")
    if coming is not None and isinstance(coming.value, date):
        return say.gettext(
            "%(participant)s has deposited its instrument; %(treaty)s enters into force for it on %(coming)s",
            coming=say.language.date(coming.value),
        )
    if say.is_organization:
        return say.gettext(
            "%(participant)s is a contracting organization: its instrument is deposited, "
            "and %(treaty)s is not yet in force for it"
        )
    return say.gettext(
        "%(participant)s is a contracting State: its instrument is deposited, and %(treaty)s is not yet in force for it"
    )


def party(say: Wording) -> str:
    began = _last(say.finding, (), starting="entry-into-force-")
    ends = _last(say.finding, ENDINGS)
    since = say.language.value(began.value if began else None)
    if ends is not None and isinstance(ends.value, date) and ends.value > say.on:
        return say.gettext(
            "%(participant)s is a party: %(treaty)s has been in force for it since %(since)s, "
            "and ceases to be on %(ends)s",
            since=since,
            ends=say.language.date(ends.value),
        )
    return say.gettext(
        "%(participant)s is a party: %(treaty)s has been in force for it since %(since)s",
        since=since,
    )


def former_party(say: Wording) -> str:
    began, ended = _last(say.finding, (), starting="entry-into-force-"), _last(say.finding, ENDINGS)
    return say.gettext(
        "%(participant)s is a former party: %(treaty)s was in force for it from %(since)s, "
        "and has not been since %(until)s",
        since=say.language.value(began.value if began else None),
        until=say.language.value(ended.value if ended else None),
    )


def _last(finding: Finding, about: tuple[str, ...], starting: str = "") -> Finding | None:
    """The last reason of a kind: the participation that counts is the latest."""
    found = [one for one in finding.because if one.about in about or (starting and one.about.startswith(starting))]
    return found[-1] if found else None


SENTENCES: dict[About, Callable[[Wording], str]] = {
    "contracting": contracting,
    "former-party": former_party,
    "no-relation": no_relation,
    "party": party,
    "signatory": signatory,
    "signature-withdrawn": signature_withdrawn,
}
