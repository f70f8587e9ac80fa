"""What Alembic runs: the revisions, on the connection that :mod:`mi_helpers.progress.migrate` gives."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
