import json
from pathlib import Path

import pytest

from historian.ledger.ledger import Ledger
from plant.error import ServiceError
from ui.cli import ledger


def test_a_field_is_imported_and_the_next_time_says_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger.import_field(tmp_path, "island", is_dry=False, as_json=False)
    assert "well I-1: only in the file" in capsys.readouterr().out
    ledger.import_field(tmp_path, "island", is_dry=True, as_json=False)
    assert capsys.readouterr().out == "ledger and file say the same\n"


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    ledger.import_field(tmp_path, "island", is_dry=True, as_json=True)
    with Ledger.beside(tmp_path).reading("demo") as books:
        assert books.count("well") == 0


def test_an_unbroken_audit_is_counted_and_a_broken_one_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger.import_field(tmp_path, "island", is_dry=False, as_json=True)
    capsys.readouterr()
    ledger.verify_audit(tmp_path, "", as_json=True)
    found = json.loads(capsys.readouterr().out)["demo"]
    assert found["entries"] > 0
    assert found["wrong"] == []
    opened = Ledger.beside(tmp_path)
    with opened.engine.connect().execution_options(tenant="demo") as connection, connection.begin():
        connection.exec_driver_sql("update audit_entry set \"by\" = 'nobody' where number = 1")
    with pytest.raises(ServiceError, match="entry 1 was changed after it was written"):
        ledger.verify_audit(tmp_path, "", as_json=False)
