"""The first ledger, which was made whole."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing: where there is none of a ledger, all of it is made."""
