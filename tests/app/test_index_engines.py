"""`muniment index`: another engine, an older index, a command that was cut off."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.cli import muniment, muniment_json, muniment_lines
from tests.catalog.searching.postgres_server import server
from tests.copies import copy_of


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of a few files, read."""
    folder = tmp_path_factory.mktemp("small")
    leak, case = folder / "leak" / "lists", folder / "case"
    leak.mkdir(parents=True)
    (leak / "letter.txt").write_text("The police office of the county wrote on 3 May.\n")
    (leak / "名单.csv").write_text("姓名,年\n张小伟,2017\n李四,2018\n", "utf-8")
    muniment("init", case)
    muniment("intake", case, leak.parent)
    muniment("process", case, "--ocr", "off", "--workers", 1)
    return case


@pytest.fixture
def case(small: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return copy_of(small, tmp_path / "case")


def test_a_hit_keeps_its_contract_and_tells_its_marks(case: Path) -> None:
    (hit,) = muniment_lines("search", case, "police -nothing")
    assert {"citation", "sha256", "snippet", "score"} <= hit.keys()
    ((start, end),) = hit["marks"]
    assert hit["snippet"][start:end] == "police"
    assert hit["citation"].endswith("#char=4,10")


def test_an_index_of_another_version_is_made_again_by_itself(case: Path) -> None:
    shutil.rmtree(case / "work" / "index")
    (case / "work" / "index").mkdir()
    (case / "work" / "index" / "meta.json").write_text("{}")
    (case / "work" / "indexed.json").unlink()
    assert len(muniment_lines("search", case, "police")) == 1
    told = json.loads((case / "work" / "indexed.json").read_text())
    assert told["engine"] == "embedded"


def test_a_query_that_makes_no_sense_leaves_with_2(case: Path) -> None:
    done = muniment("search", case, 'police "county', check=False)
    assert done.returncode == 2
    assert b"character 8" in done.stderr


@pytest.mark.parametrize(
    ("engine", "said"),
    [("elastic://host", "no search engine"), ("postgresql://a:secret@h/d", "has a password in it")],
)
def test_an_engine_that_is_none_or_has_a_password_is_refused(
    case: Path, engine: str, said: str
) -> None:
    done = muniment("index", case, "--engine", engine, check=False)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert b"secret@" not in done.stderr
    assert not (case / "search.json").exists()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    with server() as running:
        yield running


def test_a_case_is_searched_on_a_server_and_back(case: Path, address: str) -> None:
    before = {hit["citation"] for hit in muniment_lines("search", case, "police OR 张")}
    told = muniment_json("index", case, "--engine", address)
    assert told["engine"] == address
    assert told["objects"] == 2
    assert {hit["citation"] for hit in muniment_lines("search", case, "police OR 张")} == before
    assert muniment_json("index", case)["objects"] == 0
    digest = muniment_json("rebuild", case)["digest"]
    assert muniment_json("index", case, "--engine", "embedded")["objects"] == 2
    assert {hit["citation"] for hit in muniment_lines("search", case, "police OR 张")} == before
    assert muniment_json("rebuild", case)["digest"] == digest


def test_a_server_that_is_gone_is_said(case: Path, address: str) -> None:
    muniment("index", case, "--engine", address)
    gone = address.replace("/tmp/", "/nowhere/")
    (case / "search.json").write_text(json.dumps({"engine": gone}))
    done = muniment("search", case, "police", check=False)
    assert done.returncode == 2
    assert b"does not answer" in done.stderr
