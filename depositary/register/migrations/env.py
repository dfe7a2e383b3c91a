"""Runs the migrations on the connection that `Store.migrate` hands over, in its one transaction."""

from alembic import context
from sqlmodel import SQLModel

from depositary.register import store  # noqa: F401  (the tables)

context.configure(connection=context.config.attributes["connection"], target_metadata=SQLModel.metadata)
with context.begin_transaction():
    context.run_migrations()
