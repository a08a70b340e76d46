import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

FOLDER = ROOT / "docs/decisions"
RECORDS = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
_NAME = re.compile(r"(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.md")
_STATUS = re.compile(r"^\W*Status\W+(proposed|accepted|superseded by \d{4})\W*$", re.MULTILINE)
_DATE = re.compile(r"^\W*Date\W+\d{4}-\d\d-\d\d\W*$", re.MULTILINE)
_PARTS = ("Context", "Decision", "Cost", "Revisit")
_EACH = pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)


def test_records_are_numbered_from_one_without_a_gap() -> None:
    names = [_NAME.fullmatch(record.name) for record in RECORDS]
    assert [record.name for record, name in zip(RECORDS, names, strict=True) if name is None] == []
    numbers = [int(name[1]) for name in names if name is not None]
    assert numbers == list(range(1, len(RECORDS) + 1))


@_EACH
def test_a_record_has_a_status_a_date_and_its_parts(record: Path) -> None:
    text = record.read_text("utf-8")
    assert _STATUS.search(text) is not None
    assert _DATE.search(text) is not None
    missing = [
        part
        for part in _PARTS
        if re.search(rf"^(## {part}\b|\*\*{part}\b)", text, re.MULTILINE) is None
    ]
    assert missing == []


@_EACH
def test_a_record_is_in_the_index_under_its_title(record: Path) -> None:
    title = record.read_text("utf-8").split("\n", 1)[0].removeprefix("# ")
    row = f"| [{record.name[:4]}]({record.name}) | {title} |"
    assert row in (FOLDER / "README.md").read_text("utf-8").split("\n")
