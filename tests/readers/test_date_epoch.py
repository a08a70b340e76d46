"""A workbook that counts its dates from 1904 says so of each sheet; others say nothing."""

import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from muniment.core import CellArea, Metadata
from tests.readers.contract import read_bytes

# openpyxl knows its two epochs as days without a zone.
_MAC, _WINDOWS = datetime(1904, 1, 1), datetime(1899, 12, 30)  # noqa: DTZ001


@pytest.mark.parametrize(("epoch", "said"), [(_MAC, "1904"), (_WINDOWS, None)])
def test_the_day_from_which_dates_are_counted(
    epoch: datetime, said: str | None, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.epoch = epoch
    book.active.title = "List"
    book.active["A1"] = 20300
    saved = io.BytesIO()
    book.save(saved)
    found = [
        part
        for part in read_bytes(saved.getvalue(), tmp_path)[1]
        if isinstance(part, Metadata) and part.name == "dates counted from"
    ]
    expected = [] if said is None else [Metadata(CellArea(1, 1, "List"), found[0].name, said)]
    assert found == expected
