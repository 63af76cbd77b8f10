from collections.abc import Iterator
from pathlib import Path

import pytest

from historian.ledger.ledger import Ledger
from tests.historian.ledger.conftest import KINDS, server, url  # noqa: F401  # a ledger in each kind of database
from tests.ui.api.record.running import Records


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """The API of records over an empty ledger."""
    ledger = Ledger.open(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    for tenant in ("demo", "other"):
        ledger.add_tenant(tenant)
    yield Records(ledger)
    ledger.close()
