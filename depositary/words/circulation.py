"""Words of the annual circulation (41(2)): the cover note verbale, and what is marked in the list."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from depositary.words.authorities import FIELDS
from depositary.words.labels import N_
from depositary.words.languages import Language

CHANGES: dict[str, str] = {
    "added": N_("New in the list"),
    "changed": N_("Changed"),
    "ended": N_("No longer in the list"),
}
NOT_CONFIRMED = N_("Not confirmed by the mission")


EDITION_STATES: dict[str, str] = {
    "prepared": N_("awaiting a second person"),
    "approved": N_("approved"),
    "withdrawn": N_("withdrawn"),
    "closed": N_("closed"),
}

MANNERS: dict[str, str] = {
    "encrypted": N_("encrypted"),
    "clear": N_("in clear"),
    "notice": N_("note without the list"),
}

LETTER_STATES: dict[str, str] = {
    "": N_("not posted yet"),
    "queued": N_("queued"),
    "claimed": N_("being sent"),
    "accepted": N_("accepted by the mail server"),
    "written": N_("written to a file, not sent"),
    "refused": N_("refused"),
    "deferred": N_("deferred, and tried again"),
    "unknown": N_("unknown whether it arrived"),
    "given up": N_("given up after many attempts"),
    "proposed": N_("awaiting a second person"),
    "resend": N_("to be sent again"),
    "delivered": N_("delivered by other means, as two persons said"),
    "received": N_("receipt acknowledged"),
    "bounced": N_("came back"),
    "replaced": N_("replaced by a new letter"),
}

CHOICES: dict[str, str] = {
    "replaced": N_("Send it to the address that the mission has now"),
    "resend": N_("Send it again to the same address"),
    "delivered": N_("The letter was delivered by other means"),
}


def approval_facts(
    words: Language, letters: int, without_list: int, lacking: Sequence[str], silent: Sequence[str]
) -> list[tuple[str, str]]:
    """What an officer who may approve an edition is told of it: label and value."""
    say, address, unanswered = words.gettext, DUE["address"], DUE["unanswered"]
    facts = [
        (say("Letters"), str(letters)),
        (say("Note without the list, for want of a certificate"), str(without_list) if without_list else ""),
        (say(address), words.listed(lacking)),
        (say(unanswered), words.listed(silent)),
    ]
    return [(label, value) for label, value in facts if value]


DUE: dict[str, str] = {
    "unanswered": N_("Asked to confirm, and no answer"),
    "overdue": N_("The annual circulation is overdue"),
    "unsettled": N_("Letters not settled after an hour"),
    "resolve": N_("Letters about which two persons decide"),
    "address": N_("Without an address"),
    "certificate": N_("Without a certificate"),
    "contact": N_("Without a point of contact"),
    "unconfirmed": N_("Not confirmed for a year"),
}


def title(words: Language) -> str:
    return words.gettext("Note verbale")


def house(words: Language) -> str:
    return words.gettext("The Secretariat of the United Nations")


def year_of(edition: str) -> str:
    """What the missions read for an edition: its year, which has one edition that is sent (decision 62)."""
    return edition.partition("/")[0]


def subject(words: Language, edition: str) -> str:
    """The subject of the letter."""
    return words.gettext(
        "Points of contact available 24 hours a day, 7 days a week: edition %(edition)s", edition=year_of(edition)
    )


def file_name(words: Language, edition: str) -> str:
    """What the list is called as an attachment."""
    return words.gettext("Points of contact %(edition)s", edition=year_of(edition))


def edition_line(words: Language, edition: str, on: date) -> str:
    return words.gettext("Edition %(edition)s, as of %(date)s", edition=year_of(edition), date=words.date(on))


def copy_line(words: Language, copy: int, of: int) -> str:
    return words.gettext("Copy %(copy)d of %(of)d", copy=copy, of=of)


def place_line(words: Language, on: date) -> str:
    return words.gettext("New York, %(date)s", date=words.date(on))


def for_authorities_only(words: Language) -> str:
    return words.gettext("Confidential: for the competent authorities of the States Parties alone.")


def confidential(words: Language) -> str:
    """The mark on each page of a list that is confidential."""
    return words.gettext("CONFIDENTIAL")


def page_of(words: Language) -> str:
    """What stands on each page of a document; the typesetter fills in `{page}` and `{pages}`."""
    return words.gettext("Page %(page)s of %(pages)s", page="{page}", pages="{pages}")


def paragraphs(
    words: Language,
    on: date,
    number: int,
    before: str,
    before_on: date | None,
    changes: Sequence[str],
    unconfirmed: int,
    *,
    attached: bool,
) -> list[str]:
    """The text of the cover note, paragraph by paragraph."""
    say = words.gettext
    found = [
        say(
            "The Secretariat of the United Nations presents its compliments to the Permanent Mission and, in accordance "
            "with article 41, paragraph 2, of the United Nations Convention against Cybercrime, has the honour to "
            "circulate the list of the points of contact available 24 hours a day, 7 days a week, as of %(date)s.",
            date=words.date(on),
        ),
        words.ngettext(
            "The list has %(number)d point of contact.", "The list has %(number)d points of contact.", number
        )
        + " "
        + since(words, before, before_on, changes)
        + (
            " " + say("Marked as not confirmed by their missions: %(number)d.", number=unconfirmed)
            if unconfirmed
            else ""
        ),
    ]
    if attached:
        found.append(
            say(
                "The list is attached as a document and as a table. It is confidential and is meant for the competent "
                "authorities of the States Parties alone."
            )
        )
    else:
        found.append(
            say(
                "The list is confidential and is not attached, because the Secretariat has no certificate to which it "
                "could be encrypted. The Permanent Mission may send one, or receive its copy at the Secretariat."
            )
        )
    found.append(
        say(
            "The Permanent Mission is kindly requested to acknowledge receipt, and to notify the Secretariat without "
            "delay of any change of its point of contact."
        )
    )
    found.append(
        say(
            "The Secretariat of the United Nations avails itself of this opportunity to renew to the Permanent Mission "
            "the assurances of its highest consideration."
        )
    )
    return found


def since(words: Language, before: str, before_on: date | None, changes: Sequence[str]) -> str:
    """How much has changed since the edition before."""
    say = words.gettext
    if before_on is None:
        return say("It is the first edition.")
    counted = Counter(changes)
    return say(
        "Since edition %(edition)s of %(date)s: new: %(added)d; changed: %(changed)d; no longer in the list: %(ended)d. "
        "The changes are marked.",
        edition=year_of(before),
        date=words.date(before_on),
        added=counted["added"],
        changed=counted["changed"],
        ended=counted["ended"],
    )


def changes_heading(words: Language, before: str, before_on: date | None, number: int) -> str:
    """The heading of what changed; "" for the first edition."""
    if before_on is None:
        return ""
    if not number:
        return words.gettext(
            "No change since edition %(edition)s of %(date)s",
            edition=year_of(before),
            date=words.date(before_on),
        )
    return words.gettext(
        "Changes since edition %(edition)s of %(date)s", edition=year_of(before), date=words.date(before_on)
    )


def marks(words: Language, what: str, *, unconfirmed: bool) -> str:
    """The marks of an authority that is new or has changed, and of one that is not confirmed; "" for any other."""
    found = (CHANGES[what] if what else "", NOT_CONFIRMED if unconfirmed else "")
    return " · ".join(words.gettext(one) for one in found if one)


def change(words: Language, changed: Any) -> list[list[str]]:
    """What became different of an authority, field by field: which, before, after."""
    head = words.gettext(CHANGES[changed.what])
    if changed.what != "changed":
        return [[head, "", ""]]
    return [[words.gettext(FIELDS[name]), before, after] for name, before, after in changed.fields]


def checks(words: Language, digest: str, register: tuple[int, str], key: str) -> list[list[str]]:
    """By what a copy can be checked: label and value."""
    say = words.gettext
    return [
        [say("Digest of the list (SHA-256)"), digest],
        [say("Register of the treaty: entries, root"), f"{register[0]}, {register[1]}"],
        *([[say("Signed with the key"), key]] if key else []),
    ]
