"""Wells have a unique identifier, and requests that were answered are known again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Alter the wells, to which half of the tables refer, and add a table."""
    schema = None if op.get_bind().dialect.name == "sqlite" else "pf"
    with op.batch_alter_table("well", schema=schema) as well:
        well.add_column(sa.Column("uwi", sa.String(40), nullable=True))
        well.create_unique_constraint("uq_well_tenant_uwi", ["tenant", "uwi"])
    tenants = f"{schema}.tenant" if schema else "tenant"
    op.create_table(
        "answered",
        sa.Column("id", sa.String(32), nullable=False), sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False), sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False), sa.Column("key", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False), sa.Column("status", sa.Integer, nullable=False),
        sa.Column("body", sa.JSON, nullable=True), sa.Column("etag", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_answered"),
        sa.ForeignKeyConstraint(["tenant"], [f"{tenants}.code"], name="fk_answered_tenant"),
        sa.UniqueConstraint("tenant", "id", name="uq_answered_tenant_id"),
        sa.UniqueConstraint("tenant", "key", name="uq_answered_tenant_key"),
        schema=schema,
    )  # fmt: skip
