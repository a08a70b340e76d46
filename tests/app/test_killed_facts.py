"""Facts and kills: between a decision and its statements, within a batch, within an import; and two
who decide at once. Each kill is SIGKILL at one place, of a process of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from muniment.app.jobs import JobState, job_of
from muniment.app.web import Gate, make_app, open_room
from muniment.catalog import fingerprint, open_engine, open_ledger
from muniment.catalog.sheets import Wanted, tables_in_case
from muniment.vault import locked, open_case
from tests.app.inside import inside, inside_json, inside_lines
from tests.app.web.conftest import ADDRESS, PORT
from tests.app.web.test_large_tables import fields_of
from tests.copies import copy_of

PEOPLE = "姓名,性别,出生日期\n王小,男,1993-01-31\n古丽,女,1990-13-07\n艾力,男,1970-01-01\n"
STATED = 9  # of these cells
THEIRS = {"id": "NK-1", "schema": "Person", "properties": {"name": ["Second, Example"]}}

# Where a process dies: what is run before the command.
_DIES = """
import os, signal
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
"""
AFTER_THE_DECISION = (
    "import muniment.app.commands.mapping as m; m.bring_facts_up_to_date = die",
    "import muniment.catalog.facts.flat as f; f._write_statements = die",
    "import muniment.catalog.facts.flat as f; f.write_mentions = die",
    "import muniment.catalog.facts.flat as f; f._write_rows = die",
    "import muniment.catalog.facts.stage as s; s._note = die",
)
IN_AN_IMPORT = (
    "import muniment.app.commands.exchanging as e; e.take_files = die",
    "import muniment.app.commands.exchanging as e; e.record_source = die",
)
IN_ITS_STATEMENTS = (
    "import muniment.catalog.exchange.projecting as p; p.write_entities = die",
    "import muniment.catalog.exchange.projecting as p; p.write_tally = die",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with a list that waits for its mapping, the mapping, and a file of another desk."""
    folder = tmp_path_factory.mktemp("killed")
    (folder / "delivery").mkdir()
    (folder / "delivery/people.csv").write_text(PEOPLE, "utf-8")
    (folder / "theirs.ftm.json").write_text(f"{json.dumps(THEIRS)}\n{json.dumps(THEIRS)}\n")
    inside("init", folder / "case")
    inside("intake", folder / "case", folder / "delivery", "--from", "a test")
    inside("process", folder / "case", "--workers", 1)
    inside("map", "suggest", folder / "case", "people.csv", "--out", folder / "mapping.json")
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """A copy of all that, to be disturbed."""
    return copy_of(made, tmp_path / "copy")


def killed_at(where: str, *arguments: object) -> None:
    """Run a command that dies there."""
    program = f"{_DIES}{where}\nfrom muniment.app.main import main; main()"
    done = _start(program, *arguments)
    _, told = done.communicate(timeout=120)
    assert done.returncode == -signal.SIGKILL, told


def _start(program: str, *arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
    )


def _digest(case: Path) -> str:
    opened = open_case(case)
    with closing(open_ledger(opened)) as ledger, closing(open_engine(opened)) as engine:
        return fingerprint(opened, ledger, engine).hex


def _partials(case: Path) -> list[str]:
    folder = open_case(case).work / "tables"
    return [each.name for each in folder.rglob("*") if each.suffix in (".partial", ".jsonl")]


@pytest.mark.parametrize(
    "kills",
    [AFTER_THE_DECISION[::3], pytest.param(AFTER_THE_DECISION, marks=pytest.mark.night)],
    ids=["two", "every"],
)
def test_a_decision_outlives_a_kill_and_its_statements_are_made_once(
    copy: Path, kills: tuple[str, ...]
) -> None:
    case = copy / "case"
    first, *others = kills
    killed_at(first, "map", "confirm", case, copy / "mapping.json", "--as", "desk-1")
    (waiting,) = inside_lines("map", "list", case)
    assert (waiting["actor"], waiting["tables"]) == ("desk-1", 0)
    for where in others:
        killed_at(where, "map", "apply", case)
    assert inside_json("verify", case)["ok"]
    assert inside_json("map", "apply", case)["statements"] == STATED
    rows = inside_lines("sql", case, "SELECT statement FROM statements")
    assert len({row["statement"] for row in rows}) == len(rows) == STATED
    assert _partials(case) == []
    assert len(inside_lines("map", "list", case)) == 1
    undisturbed = copy.parent / "undisturbed"
    copy_of(case, undisturbed)
    for each in ("statements", "entities", "mentions", "misfits"):
        shutil.rmtree(undisturbed / "work/tables" / each, ignore_errors=True)
    assert inside_json("map", "apply", undisturbed)["statements"] == STATED
    assert _digest(undisturbed) == _digest(case)


@pytest.mark.parametrize(
    ("kills", "later"),
    [
        (IN_AN_IMPORT[1:], IN_ITS_STATEMENTS[1:]),
        pytest.param(IN_AN_IMPORT, IN_ITS_STATEMENTS, marks=pytest.mark.night),
    ],
    ids=["two", "every"],
)
def test_an_import_that_was_killed_is_given_again(
    copy: Path, kills: tuple[str, ...], later: tuple[str, ...]
) -> None:
    case = copy / "case"
    told = ("ftm", "import", case, copy / "theirs.ftm.json", "--from", "another desk")
    for where in kills:
        killed_at(where, *told)
        assert inside_lines("source", "list", case) == []
    inside(*told)
    for where in later:
        killed_at(where, "process", case, "--workers", 1)
        (source,) = inside_lines("source", "list", case)
        assert source["tally"] is None
    inside("process", case, "--workers", 1)
    (source,) = inside_lines("source", "list", case)
    rows = inside_lines("sql", case, f"SELECT * FROM statements WHERE source = '{source['id']}'")  # noqa: S608
    assert len(rows) == source["tally"]["statements"] == 2
    assert _partials(case) == []
    assert inside_json("verify", case)["ok"]


def test_who_comes_second_is_told_to_wait_and_changes_nothing(copy: Path) -> None:
    case, waits = copy / "case", copy / "waits"
    slowly = (
        "import muniment.app.commands.mapping as m, pathlib, time\n"
        f"there, done = pathlib.Path({str(waits)!r}), m.bring_facts_up_to_date\n"
        "def slow(*all):\n"
        "    there.touch()\n"
        "    while there.exists(): time.sleep(0.02)\n"
        "    return done(*all)\n"
        "m.bring_facts_up_to_date = slow\n"
        "from muniment.app.main import main; main()"
    )
    asked = ("map", "confirm", case, copy / "mapping.json")
    first = _start(slowly, *asked, "--as", "desk-1")
    while not waits.exists():
        assert first.poll() is None, first.communicate()
        time.sleep(0.02)
    _, told = inside(*asked, "--as", "desk-2", code=2)
    assert "another process is writing" in told
    assert "next: wait until it has ended" in told
    waits.unlink()
    _, errors = first.communicate(timeout=120)
    assert first.returncode == 0, errors
    assert [each["actor"] for each in inside_lines("map", "list", case)] == ["desk-1"]
    inside(*asked, "--as", "desk-2")
    assert [each["state"] for each in inside_lines("map", "list", case)] == [
        "applied",
        "superseded",
    ]


def test_a_mapping_confirmed_on_the_page_while_a_command_works_is_kept(copy: Path) -> None:
    case = open_case(copy / "case")
    with open_room(case.folder, "desk-3") as room:
        gate = Gate(PORT)
        client = TestClient(make_app(room, gate), ADDRESS, follow_redirects=True)
        client.get(f"/enter/{gate.new_key()}")
        (view,) = tables_in_case(room.ledger, Wanted(name="people"))
        fields = fields_of(client.get(f"/mapping/{view.sha256}").text) | {"do": "confirm"}
        with locked(case):
            answer = client.post(f"/mapping/{view.sha256}", data=fields)
            job = str(answer.url).rpartition("/")[2]
            while (found := job_of(case, job)) is None or found.state is JobState.WORKING:
                time.sleep(0.05)
        assert found.state is JobState.FAILED
        assert "another process is writing" in client.get(f"/work/{job}").text
        assert "nothing was changed" in client.get(f"/work/{job}").text
        (kept,) = (case.work / "mappings").iterdir()
    assert inside_lines("map", "list", case.folder) == []
    inside("map", "confirm", case.folder, kept)
    assert inside_json("map", "apply", case.folder)["statements"] == STATED
