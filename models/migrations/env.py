"""How Alembic writes the revisions as SQL text, without a connection, for the dialect in `config.attributes`.

LNQL runs that text itself, within the transaction that also writes an instance's first rows.
"""

from alembic import context

context.configure(
    dialect_name=context.config.attributes["dialect"],
    dialect_opts={"paramstyle": "named"},  # others double every % sign
    literal_binds=True,
    transactional_ddl=False,  # no BEGIN and COMMIT in the text
)
context.run_migrations()
