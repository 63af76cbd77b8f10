import pytest
from sqlalchemy import text

from historian.ledger.ledger import Ledger
from historian.ledger.opening import VERSION
from plant.error import OutOfRange, ServiceError


def test_a_ledger_is_made_once_and_opened_as_often_as_one_likes(url: str) -> None:
    for _ in range(2):
        opened = Ledger.open(url)
        opened.add_tenant("demo")
        assert [tenant["code"] for tenant in opened.tenants()] == ["demo"]
        opened.close()


def test_a_ledger_of_a_later_version_is_refused_with_a_sentence(url: str) -> None:
    opened = Ledger.open(url)
    with opened.engine.connect().execution_options(is_making=True, tenant="*", is_writing=True) as owner, owner.begin():
        owner.execute(text(f"update {VERSION} set version_num = '9999'"))
    opened.close()
    with pytest.raises(ServiceError, match=r"of version 9999, made by a later Gemelo; this one knows up to"):
        Ledger.open(url)


@pytest.mark.parametrize("url", ["", "ledger.sqlite", "mysql://localhost/ledger"])
def test_what_is_no_url_of_a_ledger_is_refused(url: str) -> None:
    with pytest.raises(OutOfRange, match="must be a URL"):
        Ledger.open(url)
