"""A table that is open is kept, and is asked each time whether it still stands."""

from pathlib import Path

import pytest

from muniment.catalog import open_ledger
from muniment.catalog.sheets import OpenSheets, Wanted, open_view, opening, tables_in_case, window
from muniment.core import UsageError
from muniment.vault import open_case
from tests.app.web.small import small_case


def test_it_is_the_same_until_its_object_is_read_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = open_case(small_case(tmp_path))
    ledger = open_ledger(case)
    (view,) = tables_in_case(ledger, Wanted())
    sheets = OpenSheets(case, ledger)
    first = sheets.open(view)
    assert sheets.open(view) is first
    assert window(first) == window(open_view(case, ledger, view))
    monkeypatch.setattr(opening, "source_of", lambda *_: "another reading")
    with pytest.raises(UsageError, match="have not been laid out as it was read"):
        sheets.open(view)
    ledger.close()
