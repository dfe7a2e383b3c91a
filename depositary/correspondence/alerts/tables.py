"""The tables of requests for alerts. Each act of a subscriber adds a step; the address has a table of its own.

Nobody can read an address or a token from the database: both are sealed, and a request is found by a token's hash.
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
"""`whose` and `network` are keyed hashes: they serve to count requests, and identify nobody."""

ADDRESS = sa.Table(
    "address",
    METADATA,
    sa.Column("request", sa.Integer, primary_key=True),
    sa.Column("sealed", sa.Text, nullable=False),
)
"""The address and the two tokens, sealed. They are removed when their owner has left or has not confirmed in time."""

STEP = sa.Table(
    "step",
    METADATA,
    sa.Column("request", sa.Integer, primary_key=True),
    sa.Column("step", sa.Integer, primary_key=True),
    sa.Column("what", sa.String(10), nullable=False),
    sa.Column("done_at", sa.String(40), nullable=False),
)
"""`confirmed`, `left`, or `told`: the owner was told everything until this instant."""
