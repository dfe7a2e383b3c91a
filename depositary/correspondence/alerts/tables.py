"""The tables of requests for alerts. What a subscriber did is steps that are only added; the address is kept apart.

Neither the address nor a token can be read from the database: the one is sealed, and a request is found by the hashes.
"""

import sqlalchemy as sa

METADATA = sa.MetaData(schema="alerts")

REQUEST = sa.Table(
    "request",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("treaty", sa.String(40), nullable=False),
    sa.Column("participant", sa.String(8), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("confirm", sa.String(64), nullable=False, unique=True),
    sa.Column("leave", sa.String(64), nullable=False, unique=True),
    sa.Column("whose", sa.String(64), nullable=False, index=True),
    sa.Column("network", sa.String(64), nullable=False),
    sa.Column("asked_at", sa.String(40), nullable=False, index=True),
    sa.Column("expires_at", sa.String(40), nullable=False),
)
"""`whose` and `network` are keyed hashes: by them one's requests are counted, and nobody is found."""

ADDRESS = sa.Table(
    "address",
    METADATA,
    sa.Column("request", sa.Integer, primary_key=True),
    sa.Column("sealed", sa.Text, nullable=False),
)
"""Sealed: the address and the two tokens. Removed when its owner has left or has not confirmed in time."""

STEP = sa.Table(
    "step",
    METADATA,
    sa.Column("request", sa.Integer, primary_key=True),
    sa.Column("step", sa.Integer, primary_key=True),
    sa.Column("what", sa.String(10), nullable=False),
    sa.Column("done_at", sa.String(40), nullable=False),
)
"""`confirmed`; `told`: of all that happened until then; `left`."""
