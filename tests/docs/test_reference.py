import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from muniment.core import parse_place, print_place
from tests.docs.console import environment
from tests.docs.pages import ROOT
from tests.started import started
from tools.reference import EXAMPLES, commands, pages
from tools.reference_words import JSON, LINK

PAGES = pages()


@pytest.mark.parametrize(("name", "text"), PAGES.items(), ids=PAGES)
def test_a_generated_page_is_what_the_source_says(name: str, text: str) -> None:
    written = (ROOT / "docs/reference" / name).read_text("utf-8")
    assert written == text, "run `make docs`"


def test_every_command_is_documented() -> None:
    page = (ROOT / "docs/reference/commands.md").read_text("utf-8")
    for name, command in commands():
        assert f"\n## muniment {name}\n" in page
        assert command.help not in (None, ""), name


def test_every_command_that_prints_json_says_which_fields() -> None:
    printing = {name for name, each in commands() if "as_json" in {p.name for p in each.params}}
    assert printing == set(JSON)


@pytest.mark.parametrize("place", [place for place, _ in EXAMPLES], ids=print_place)
def test_every_example_of_a_place_parses_to_itself(place: object) -> None:
    assert parse_place(print_place(place)) == place


class Asked:
    """Gives commands in a folder and reads the JSON that they print."""

    def __init__(self, quick: str) -> None:
        self._around = environment(Path(quick))
        self._around["PATH"] = f"{quick}:{self._around['PATH']}"

    def __call__(self, folder: Path, *arguments: str) -> list[dict[str, object]]:
        command = ["muniment", *arguments, "--json"]
        # A shell finds the command by the PATH that is given, not by ours.
        done = subprocess.run(
            ["sh", "-c", '"$@"', "sh", *command],
            cwd=folder,
            env=self._around,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def asked() -> Iterator[Asked]:
    with (
        tempfile.TemporaryDirectory() as short,
        started(Path(short), environment(Path(short))) as quick,
    ):
        yield Asked(quick)


READ_ONLY = {
    "status": (),
    "items": (),
    "problems": (),
    "search": ("刑期台账",),
    "sql": ("SELECT 1 AS one",),
    "verify": (),
    "log key": (),
}


@pytest.mark.parametrize("name", READ_ONLY)
def test_the_fields_that_are_documented_are_those_that_are_printed(
    name: str, demo: Path, asked: Asked
) -> None:
    command, *rest = name.split(" ")
    for printed in asked(demo, command, *rest, "case", *READ_ONLY[name]):
        expected = set(JSON[name][1]) or {"one"}
        assert set(printed) == expected


@pytest.mark.parametrize("name", ["show", "trace"])
def test_the_fields_of_a_place_and_of_its_links_are_those_that_are_printed(
    name: str, demo: Path, asked: Asked
) -> None:
    citation = str(asked(demo, "search", "case", "刑期台账", "--limit", "1")[0]["citation"])
    printed = asked(demo, name, "case", citation)[0]
    chain = printed["chain"]
    assert isinstance(chain, list)
    assert all(set(link) == set(LINK) for link in chain)
    assert set(JSON[name][1]) - set(printed) <= {"text", "value"}
    assert set(printed) <= set(JSON[name][1])


def test_the_fields_of_commands_that_write_are_those_that_are_printed(
    demo: Path, tmp_path: Path, asked: Asked
) -> None:
    lists = str(demo / "simulated/leak/09 邮件/密码.eml")
    made = asked(tmp_path, "init", "case")
    key = str(made[0]["verifier_key"])
    results = {
        "init": made,
        "intake": asked(tmp_path, "intake", "case", lists),
        "process": asked(tmp_path, "process", "case"),
        "rebuild": asked(tmp_path, "rebuild", "case"),
        "export": asked(tmp_path, "export", "case", "--out", "bag"),
        "simulate": asked(tmp_path, "simulate", "--people", "200", "--out", "leak"),
    }
    asked(tmp_path, "init", "partner")
    results["import"] = asked(tmp_path, "import", "partner", "bag", "--key", key)
    for name, printed in results.items():
        assert set(printed[0]) == set(JSON[name][1]), name
