"""The kinds of act that have a form, by group."""

from depositary.law.acts import Action
from depositary.words.labels import N_

STATEMENTS: tuple[Action, ...] = (
    "reservation",
    "declaration",
    "withdrawal of reservation",
    "partial withdrawal of reservation",
    "objection",
    "withdrawal of objection",
    "notification",
    "territorial application",
    "provisional application",
)

KINDS_OF_ACT: tuple[tuple[str, tuple[Action, ...]], ...] = (
    (N_("Signature"), ("signature", "succession to signature", "withdrawal of signature")),
    (N_("Instruments of consent"), ("ratification", "acceptance", "approval", "accession", "succession")),
    (N_("Leaving"), ("denunciation", "revocation of denunciation", "withdrawal of instrument")),
    (N_("Statements"), STATEMENTS),
    (N_("Amendments"), ("amendment proposal", "amendment adoption")),
    (N_("Corrections of the text"), ("objection to correction",)),
)
"""The kinds of act that have a form, by group. The form of a ruling is opened from its reading."""
