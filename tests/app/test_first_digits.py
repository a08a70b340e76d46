"""An object is named by the digits that lists show."""

from pathlib import Path

from tests.app.cli import muniment


def test_the_digits_that_a_list_shows_name_the_object(case: Path) -> None:
    listed = muniment("items", case).stdout.decode().splitlines()
    shown = next(line for line in listed if "text/plain" in line).split()[0]
    assert len(shown) == 16
    assert muniment("text", case, shown).stdout != b""


def test_digits_that_name_nothing_are_refused_with_the_way_to_them(case: Path) -> None:
    for digits, said in (("0000000000000000", "no object begins"), ("12345", "is not a digest")):
        done = muniment("text", case, digits, check=False)
        assert done.returncode == 2
        assert said in done.stderr.decode()
        assert "muniment items CASE" in done.stderr.decode()
