"""Runs the migrations of the requests for alerts, in the transaction of the caller."""

from alembic import context

connection = context.config.attributes["connection"]
own = "alerts" if connection.dialect.name == "postgresql" else None
context.configure(connection=connection, target_metadata=None, version_table="alerts_version", version_table_schema=own)
with context.begin_transaction():
    context.run_migrations()
