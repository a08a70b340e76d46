"""The commands of docs/tutorial/multiple-systems-estimation.md print what the page says."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "multiple-systems-estimation.md"


def test_the_tutorial_prints_what_it_says() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert tried > 15
    assert failed == 0
