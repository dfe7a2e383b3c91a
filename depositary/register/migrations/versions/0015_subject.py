"""An account has the OpenID provider's own name for its person: another person may get the same user name later."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("subject", sa.String, nullable=False, server_default=""))
    bound = sa.text("subject <> ''")
    op.create_index("account_subject", "account", ["subject"], unique=True, sqlite_where=bound, postgresql_where=bound)


def downgrade() -> None:
    op.drop_index("account_subject", "account")
    op.drop_column("account", "subject")
