"""An option that a reader does not have is named, with those that it has."""

import re
from pathlib import Path

import pytest

from muniment.facts.readings import READINGS
from muniment.facts.readings.options import wrong_options

_PAGE = Path(__file__).parents[2] / "docs/formats/mapping.md"


@pytest.mark.parametrize(
    ("reader", "options", "wrong"),
    [
        ("date", {"ordr": "dmy"}, "ordr"),
        ("date", {"order": "dym"}, "dym"),
        ("date", {"decimal": ","}, "decimal"),
        ("number", {"decimal": ";"}, ";"),
        ("country", {"blank": "below"}, "below"),
        ("date", {"order": "dmy", "pivot": "30", "blank": "above"}, None),
        ("code", {"vocabulary": "1=male"}, None),
    ],
)
def test_an_option_that_does_nothing_is_named(
    reader: str, options: dict[str, str], wrong: str | None
) -> None:
    found = [said for said, _ in wrong_options(reader, options)]
    assert len(found) == (wrong is not None)
    assert all(repr(wrong) in said for said in found)


def test_every_option_of_the_page_is_one() -> None:
    rows = re.findall(r"^\| (`.*?) \|.*\| (.*) \|$", _PAGE.read_text("utf-8"), re.MULTILINE)
    checked = 0
    for names, options in rows:
        readers = [each for each in re.findall(r"`([a-z-]+)`", names) if each in READINGS]
        for option in re.findall(r"`(order|epoch|pivot|calendar|vocabulary|decimal)`", options):
            for reader in readers:
                known = [said for said, _ in wrong_options(reader, {option: ""})]
                assert not any("has no option" in said for said in known), (reader, option)
                checked += 1
    assert checked >= 8
