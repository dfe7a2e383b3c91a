"""Passkeys, beside the second factors of accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("credential", sa.String(1400), primary_key=True),
        sa.Column("account", sa.String(40), sa.ForeignKey("account.name"), nullable=False, index=True),
        sa.Column("public_key", sa.Text, nullable=False),
        sa.Column("uses", sa.BigInteger, nullable=False),
        sa.Column("called", sa.String(60), nullable=False),
        sa.Column("added_at", sa.String, nullable=False),
        sa.Column("used_at", sa.String, nullable=False),
        sa.Column("last_challenge", sa.String, nullable=False),
        sa.Column("removed_at", sa.String, nullable=False),
        sa.CheckConstraint("length(credential) > 0 AND length(public_key) > 0 AND length(called) > 0"),
    )


def downgrade() -> None:
    if op.get_bind().execute(sa.select(sa.literal(1)).select_from(sa.table("passkey")).limit(1)).first():
        raise RuntimeError("passkeys would be lost; the register stays as it is")
    op.drop_table("passkey")
