import json
import subprocess
from pathlib import Path

import pytest
from tools.reference import EXAMPLES, commands, pages
from tools.reference_words import JSON, LINK

from muniment.core import parse_place, print_place
from tests.docs.console import environment
from tests.docs.pages import ROOT


@pytest.mark.parametrize("name", pages())
def test_a_generated_page_is_what_the_source_says(name: str) -> None:
    written = (ROOT / "docs/reference" / name).read_text("utf-8")
    assert written == pages()[name], "run `make docs`"


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


def _asked(demo: Path, *arguments: str) -> list[dict[str, object]]:
    command = ["muniment", *arguments, "--json"]
    done = subprocess.run(
        command, cwd=demo, env=environment(demo.parent), capture_output=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


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
def test_the_fields_that_are_documented_are_those_that_are_printed(name: str, demo: Path) -> None:
    command, *rest = name.split(" ")
    for printed in _asked(demo, command, *rest, "case", *READ_ONLY[name]):
        expected = set(JSON[name][1]) or {"one"}
        assert set(printed) == expected


@pytest.mark.parametrize("name", ["show", "trace"])
def test_the_fields_of_a_place_and_of_its_links_are_those_that_are_printed(
    name: str, demo: Path
) -> None:
    citation = str(_asked(demo, "search", "case", "刑期台账", "--limit", "1")[0]["citation"])
    printed = _asked(demo, name, "case", citation)[0]
    chain = printed["chain"]
    assert isinstance(chain, list)
    assert all(set(link) == set(LINK) for link in chain)
    assert set(JSON[name][1]) - set(printed) <= {"text", "value"}
    assert set(printed) <= set(JSON[name][1])


def test_the_fields_of_commands_that_write_are_those_that_are_printed(
    demo: Path, tmp_path: Path
) -> None:
    lists = str(demo / "simulated/leak/09 邮件/密码.eml")
    made = _asked(tmp_path, "init", "case")
    key = str(made[0]["verifier_key"])
    results = {
        "init": made,
        "intake": _asked(tmp_path, "intake", "case", lists),
        "process": _asked(tmp_path, "process", "case"),
        "rebuild": _asked(tmp_path, "rebuild", "case"),
        "export": _asked(tmp_path, "export", "case", "--out", "bag"),
        "simulate": _asked(tmp_path, "simulate", "--people", "200", "--out", "leak"),
    }
    _asked(tmp_path, "init", "partner")
    results["import"] = _asked(tmp_path, "import", "partner", "bag", "--key", key)
    for name, printed in results.items():
        assert set(printed[0]) == set(JSON[name][1]), name
