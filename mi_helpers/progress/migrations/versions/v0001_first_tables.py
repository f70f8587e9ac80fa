"""The first tables: learners, tries, drafts, reviews, what is done, settings."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make the tables, in an order in which what lies in the front of a file outlives a loss of its end."""
    op.create_table(
        "meta",
        sa.Column("name", sa.String(190), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "learner",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(190), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.UniqueConstraint("account"),
    )
    op.create_table(
        "try",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("learner", sa.String(64), nullable=False),
        sa.Column("item_id", sa.String(190), nullable=False),
        sa.Column("item_version", sa.Integer, nullable=False),
        sa.Column("rules_version", sa.String(190), nullable=False),
        sa.Column("lang", sa.String(8), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("coding", sa.Text),
        sa.Column("verdict", sa.String(32)),
        sa.Column("self_check", sa.String(190)),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_table(
        "draft",
        sa.Column("learner", sa.String(64), primary_key=True),
        sa.Column("place", sa.String(190), primary_key=True),
        sa.Column("lang", sa.String(8), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("learner", sa.String(64), nullable=False),
        sa.Column("try_id", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_table(
        "done",
        sa.Column("learner", sa.String(64), primary_key=True),
        sa.Column("item_id", sa.String(190), primary_key=True),
        sa.Column("lang", sa.String(8), primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_table(
        "setting",
        sa.Column("learner", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(190), primary_key=True),
        sa.Column("value", sa.Text),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_index("try_of_item", "try", ["learner", "item_id", "lang"])
    op.create_index("review_of_learner", "review", ["learner"])
