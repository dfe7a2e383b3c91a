"""The tables of the registers of authorities, as they are asked; their migrations make them, and what holds them."""

import sqlalchemy as sa

SCHEMA = sa.MetaData(schema="contacts")


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String) for name in names]


def _whole(*names: str, key: int = 0) -> list[sa.Column[int]]:
    return [
        sa.Column(name, sa.Integer, primary_key=place < key, autoincrement=False) for place, name in enumerate(names)
    ]


ENTRY = sa.Table(
    "authority_entry",
    SCHEMA,
    *_whole("number", key=1),
    *_text("sealed", "digest", "participant", "what", "function"),
    *_whole("proposal", "concerns"),
)
"""What is recorded. Beside the sealed content stands what triggers must see, and what is no secret.
`concerns` is null in rows of a time when triggers did not see it."""

PROPOSAL = sa.Table(
    "proposal",
    SCHEMA,
    sa.Column("number", sa.Integer, primary_key=True),
    *_text("form", "sealed", "digest", "participant", "function", "proposed_by", "proposed_at"),
    *_whole("concerns"),
)
"""A proposal. `form` is the key of its form, so that a form that is sent twice makes one proposal."""

STEP = sa.Table(
    "proposal_step", SCHEMA, *_whole("proposal", "step", key=2), *_text("what", "done_by", "done_at", "reason", "shown")
)
"""A step of a proposal."""

LINK = sa.Table(
    "link",
    SCHEMA,
    sa.Column("token", sa.String, primary_key=True),
    *_text("purpose", "participant", "sent_to", "made_by", "made_at", "expires_at"),
    *_whole("about", "whole"),
)
"""A link that was sent: `token` is the hash of what it holds, `about` the proposal or entry it concerns."""

ANSWER = sa.Table(
    "link_answer", SCHEMA, sa.Column("token", sa.String, primary_key=True), *_text("answer", "answered_at", "sealed")
)
"""The answer that was given through a link, once."""

CHAINED = {
    "authority_entry": ("number",),
    "link": ("token",),
    "link_answer": ("token",),
    "proposal": ("number",),
    "proposal_step": ("proposal", "step"),
}
"""The tables to which is only added, each with its key: the journal has a line for each row of them."""
