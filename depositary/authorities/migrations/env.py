"""Runs the migrations of the registers of authorities, in the transaction that is handed over."""

from alembic import context

connection = context.config.attributes["connection"]
own = "contacts" if connection.dialect.name == "postgresql" else None
context.configure(
    connection=connection, target_metadata=None, version_table="contacts_version", version_table_schema=own
)
with context.begin_transaction():
    context.run_migrations()
