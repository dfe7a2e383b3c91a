"""Nobody changes a register of authorities alone, nor a point of contact without the old one: the database holds to it.

A proposal is proposed by one person and approved by another; a change of a 24/7 contact is confirmed through the old
contact by a link that was sent to it, or overridden with a reason, by another person than proposed it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEPT = {
    "proposal": "number = NEW.number",
    "proposal_step": "proposal = NEW.proposal AND step = NEW.step",
    "link": "token = NEW.token",
    "link_answer": "token = NEW.token",
}
NEVER = "what was done about authorities is never changed"
ALONE = "nobody decides upon what they proposed themselves"
UNPROPOSED = "an entry needs a proposal that a second person approved"
UNCONFIRMED = "a point of contact is changed through the old contact, or by an override with its reason"
UNANSWERED = "nothing was confirmed through the old contact"


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    schema = None if on_sqlite else "contacts"
    for column in (
        sa.Column("what", sa.String(20), nullable=False, server_default="designation"),
        sa.Column("function", sa.String(30), nullable=False, server_default=""),
        sa.Column("proposal", sa.Integer, nullable=True),
    ):
        op.add_column("authority_entry", column, schema=schema)
    _tables(schema, "" if on_sqlite else "contacts.")
    for statement in _on_sqlite() if on_sqlite else _on_postgresql():
        op.execute(statement)


def _tables(schema: str | None, of: str) -> None:
    def text(name: str, length: int = 60) -> sa.Column[str]:
        return sa.Column(name, sa.String(length), nullable=False)

    op.create_table(
        "proposal",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("form", sa.String(64), nullable=False, unique=True),
        sa.Column("sealed", sa.Text, nullable=False),
        *(text("digest", 64), text("participant", 8), text("function"), text("proposed_by"), text("proposed_at")),
        sa.CheckConstraint("length(digest) = 64 AND length(proposed_by) > 0"),
        schema=schema,
    )
    op.create_table(
        "proposal_step",
        sa.Column("proposal", sa.Integer, sa.ForeignKey(f"{of}proposal.number"), primary_key=True, autoincrement=False),
        sa.Column("step", sa.Integer, primary_key=True, autoincrement=False),
        *(text("what"), text("done_by"), text("done_at")),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("shown", sa.String(64), nullable=False),
        sa.CheckConstraint(
            "what IN ('approved', 'confirmed', 'objected', 'overridden', 'in effect', 'refused', 'withdrawn', 'told')"
        ),
        sa.CheckConstraint("what NOT IN ('overridden', 'refused') OR length(reason) > 0"),
        sa.CheckConstraint("what <> 'approved' OR length(shown) = 64"),
        schema=schema,
    )
    op.create_table(
        "link",
        sa.Column("token", sa.String(64), primary_key=True),
        *(text("purpose"), text("participant", 8), text("sent_to", 64)),
        *(text("made_by"), text("made_at"), text("expires_at")),
        sa.Column("about", sa.Integer, nullable=False),
        sa.Column("whole", sa.Integer, nullable=False),
        sa.CheckConstraint("length(token) = 64 AND purpose IN ('change', 'confirmation', 'ping')"),
        schema=schema,
    )
    op.create_table(
        "link_answer",
        sa.Column("token", sa.String(64), sa.ForeignKey(f"{of}link.token"), primary_key=True),
        *(text("answer"), text("answered_at")),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.CheckConstraint("answer IN ('confirmed', 'objected', 'changes', 'acknowledged')"),
        schema=schema,
    )


def _rules(of: str) -> list[tuple[str, str, str]]:
    """What is refused: in which table, when, and the sentence."""
    approved = (
        f"SELECT 1 FROM {of}proposal p JOIN {of}proposal_step s ON s.proposal = p.number WHERE p.number = NEW.proposal "  # noqa: S608
        "AND p.participant = NEW.participant AND p.function = NEW.function "
        "AND s.what = 'approved' AND s.done_by <> p.proposed_by"
    )
    earlier = (
        f"SELECT 1 FROM {of}authority_entry e WHERE e.participant = NEW.participant "  # noqa: S608
        "AND e.function = 'point of contact' AND e.what <> 'confirmation'"
    )
    settled = (
        f"SELECT 1 FROM {of}proposal_step s JOIN {of}proposal p ON p.number = s.proposal "  # noqa: S608
        "WHERE s.proposal = NEW.proposal "
        "AND (s.what = 'confirmed' OR (s.what = 'overridden' AND s.done_by <> p.proposed_by))"
    )
    own = f"SELECT 1 FROM {of}proposal p WHERE p.number = NEW.proposal AND p.proposed_by = NEW.done_by"  # noqa: S608
    answered = (
        f"SELECT 1 FROM {of}link l JOIN {of}link_answer a ON a.token = l.token "  # noqa: S608
        "WHERE l.purpose = 'change' AND l.about = NEW.proposal "
        "AND a.answer = 'confirmed' AND a.answered_at <= l.expires_at"
    )
    return [
        ("authority_entry", f"NEW.what <> 'confirmation' AND NOT EXISTS ({approved})", UNPROPOSED),
        (
            "authority_entry",
            f"NEW.what <> 'confirmation' AND NEW.function = 'point of contact' AND EXISTS ({earlier}) "
            f"AND NOT EXISTS ({settled})",
            UNCONFIRMED,
        ),
        ("proposal_step", f"NEW.what IN ('approved', 'refused', 'overridden') AND EXISTS ({own})", ALONE),
        ("proposal_step", f"NEW.what = 'confirmed' AND NOT EXISTS ({answered})", UNANSWERED),
    ]


def _on_sqlite() -> list[str]:
    never = f"BEGIN SELECT RAISE(ABORT, '{NEVER}'); END"
    made = [
        f"CREATE TRIGGER {table}_{change} BEFORE {change} ON {table} {never}"
        for table in KEPT
        for change in ("UPDATE", "DELETE")
    ]
    made += [
        f"CREATE TRIGGER {table}_REPLACE BEFORE INSERT ON {table} "  # noqa: S608
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {never}"
        for table, same in KEPT.items()
    ]
    made += [
        f"CREATE TRIGGER {table}_rule{number} BEFORE INSERT ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
        for number, (table, when, said) in enumerate(_rules(""))
    ]
    return made


def _on_postgresql() -> list[str]:
    made = [
        f"CREATE TRIGGER {table}_never BEFORE UPDATE OR DELETE OR TRUNCATE ON contacts.{table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION contacts.never()"
        for table in KEPT
    ]
    for number, (table, when, said) in enumerate(_rules("contacts.")):
        name = f"{table}_rule{number}"
        made += [
            f"""CREATE FUNCTION contacts.{name}() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN IF {when} THEN RAISE EXCEPTION '{said}'; END IF; RETURN NEW; END $$""",
            f"CREATE TRIGGER {name} BEFORE INSERT ON contacts.{table} FOR EACH ROW EXECUTE FUNCTION contacts.{name}()",
        ]
    return made


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    schema = None if on_sqlite else "contacts"
    table = sa.table("proposal", sa.column("number"), schema=schema)
    if op.get_bind().execute(sa.select(table.c.number).limit(1)).first():
        raise RuntimeError("proposals would be lost; the register stays as it is")
    for number, (of, _, _) in enumerate(_rules("")):
        on = f"ON contacts.{of}" if schema else ""
        op.execute(f"DROP TRIGGER {of}_rule{number} {on}")
        if schema:
            op.execute(f"DROP FUNCTION contacts.{of}_rule{number}()")
    for name in ("link_answer", "link", "proposal_step", "proposal"):
        op.drop_table(name, schema=schema)
    for column in ("what", "function", "proposal"):
        op.drop_column("authority_entry", column, schema=schema)
