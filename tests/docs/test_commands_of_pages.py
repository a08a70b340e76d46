from pathlib import Path

import pytest

from tests.docs.console import (
    ROOT,
    Printed,
    Step,
    difference,
    fonts_differ,
    lacks,
    matches,
    pages,
    printed_by_demo,
    real_data,
    run_demo,
    run_page,
    steps,
)


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_a_page_prints_what_is_written_below_it(
    page: Path, demo: Path, tmp_path: Path
) -> None:
    if (lacking := lacks(page)) != "":
        pytest.skip(f"no {lacking} at {real_data()}; set MUNIMENT_DATA to its folder")
    # The real lists of a page are the same in whatever fonts the leak was drawn.
    any_numbers = fonts_differ(demo) and "$MUNIMENT_DATA" not in page.read_text("utf-8")
    differences = [
        found
        for step, printed in run_page(page, demo, tmp_path)
        if (found := difference(step, printed, any_numbers=any_numbers)) is not None
    ]
    assert "\n".join(differences) == ""


def test_the_readme_and_the_tutorial_hold_commands() -> None:
    assert len(steps(ROOT / "README.md")) >= 5
    assert len(steps(ROOT / "docs/tutorial/first-case.md")) >= 10


WRITTEN = {
    "equal": (("a", "b"), ("a", "b"), True),
    "a line too many": (("a",), ("a", "b"), False),
    "a line too few": (("a", "b"), ("a",), False),
    "part of a line left out": (("key …+8",), ("key x+8",), True),
    "lines left out": (("a", "…", "z"), ("a", "b", "c", "z"), True),
    "nothing where lines may be left out": (("a", "…"), ("a",), True),
    "a pattern is not a regular expression": (("a.c",), ("abc",), False),
    "another number": (("8 files",), ("9 files",), False),
}


@pytest.mark.parametrize(("written", "printed", "agree"), WRITTEN.values(), ids=WRITTEN.keys())
def test_what_is_written_is_compared_with_what_is_printed(
    written: tuple[str, ...], printed: tuple[str, ...], agree: bool
) -> None:
    assert matches(written, printed) is agree


def test_where_fonts_differ_numbers_may_differ_and_nothing_else() -> None:
    assert matches(("1,024 files",), ("9 files",), any_numbers=True)
    assert not matches(("1,024 files",), ("9 objects",), any_numbers=True)


def test_an_exit_code_that_is_not_written_is_a_difference() -> None:
    step = Step("false", (), 0, 0)
    assert difference(step, Printed((), (), 1), any_numbers=False) is not None
    written = Step("false", ("(exit code 1)",), 0, 0)
    assert difference(written, Printed((), (), 1), any_numbers=False) is None
    assert difference(written, Printed((), (), 0), any_numbers=False) is not None


def test_what_goes_to_standard_error_may_be_left_out() -> None:
    printed = Printed(("result",), ("next: look",))
    assert difference(Step("x", ("result",), 0, 0), printed, any_numbers=False) is None
    assert difference(Step("x", ("result", "next: look"), 0, 0), printed, any_numbers=False) is None
    assert difference(Step("x", ("other",), 0, 0), printed, any_numbers=False) is not None


def test_a_command_may_run_over_several_lines(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ echo \\\n> a\na\n\n$ echo b\nb\n```\n", "utf-8")
    assert [(step.command, step.written) for step in steps(page)] == [
        ("echo \\\na", ("a",)),
        ("echo b", ("b",)),
    ]


def test_the_demo_removes_no_folder_that_it_did_not_make(tmp_path: Path) -> None:
    kept = tmp_path / "mine/letter.txt"
    kept.parent.mkdir()
    kept.write_text("mine", "utf-8")
    with pytest.raises(RuntimeError, match="was not made by this demo"):
        run_demo(kept.parent)
    assert [path.name for path in kept.parent.iterdir()] == ["letter.txt"]


def test_the_demo_ends_with_where_things_are(demo: Path) -> None:
    known = printed_by_demo(demo)
    assert len(known) >= 11
    assert (demo / "case/muniment.json").is_file()
    assert (demo / "handover/verify.py").is_file()
    verified = next(each for command, each in known.items() if "verify.py" in command)
    assert verified.out[-1] == "Nothing failed."
