from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from historian.ledger.audit import Actor
from historian.ledger.ledger import Ledger
from ui.measuring.api import postgres

ANA = Actor("ana", "127.0.0.1", "as the test asks")
KINDS = [
    "sqlite",
    pytest.param("postgresql", marks=pytest.mark.skipif(not postgres.is_installed(), reason="no PostgreSQL")),
]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL for all tests of a session; its URL."""
    with postgres.running() as url:
        yield url


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a ledger, in each kind of database: nothing is there."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    server: str = request.getfixturevalue("server")
    name = f"t{abs(hash(tmp_path)) % 10**12}"
    engine = create_engine(server.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"create database {name}"))
    engine.dispose()
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    """A ledger with two tenants, in each kind of database."""
    opened = Ledger.open(url)
    opened.add_tenant("demo", "Demo")
    opened.add_tenant("other", "Other")
    yield opened
    opened.close()
