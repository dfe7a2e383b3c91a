"""Sentences about how a participation ends."""

from collections.abc import Callable

from depositary.law.findings import About
from depositary.words.findings.wording import Wording


def denunciation(say: Wording) -> str:
    received = say.language.date(say.finding.acts[0].date)
    if "received" not in say.finding.facts:
        if say.past:
            return say.gettext(
                "The denunciation by %(participant)s, received on %(received)s, took effect on %(date)s",
                received=received,
            )
        return say.gettext(
            "The denunciation by %(participant)s, received on %(received)s, takes effect on %(date)s",
            received=received,
        )
    run = say.after(say.finding.facts["received"])
    if say.past:
        return say.gettext(
            "The denunciation by %(participant)s took effect on %(date)s, %(run)s, when it was received", run=run
        )
    return say.gettext(
        "The denunciation by %(participant)s takes effect on %(date)s, %(run)s, when it was received; "
        "until then %(participant)s remains a party",
        run=run,
    )


def denunciation_entailed(say: Wording) -> str:
    convention = say.finding.facts.get("treaty")
    if say.past:
        return say.gettext(
            "The denunciation of %(convention)s by %(participant)s entailed that of %(treaty)s, on %(date)s",
            convention=convention,
        )
    return say.gettext(
        "The denunciation of %(convention)s by %(participant)s entails that of %(treaty)s, on %(date)s",
        convention=convention,
    )


def organization_ceases(say: Wording) -> str:
    if say.past:
        return say.gettext(
            "The organization ceased to be a party on %(date)s, when the last of its members that were parties had left"
        )
    return say.gettext(
        "The organization ceases to be a party on %(date)s, when the last of its members that are parties has left"
    )


def ceased_to_exist(say: Wording) -> str:
    if say.is_organization:
        return say.gettext("The organization ceased to exist, and from %(date)s it is no longer bound")
    return say.gettext("The State ceased to exist, and from %(date)s it is no longer bound")


def denunciation_revoked(say: Wording) -> str:
    return say.gettext(
        "The denunciation received on %(received)s was revoked on %(date)s, before it took effect",
        received=say.day("received"),
    )


def withdrawn(say: Wording) -> str:
    return say.gettext(
        "%(participant)s withdrew its instrument on %(date)s, before %(treaty)s was in force for it; "
        "the instrument is not counted"
    )


SENTENCES: dict[About, Callable[[Wording], str]] = {
    "ceased-to-exist": ceased_to_exist,
    "denunciation": denunciation,
    "denunciation-entailed": denunciation_entailed,
    "denunciation-revoked": denunciation_revoked,
    "organization-ceases": organization_ceases,
    "withdrawn": withdrawn,
}
