import re
import tomllib
from pathlib import Path

import pytest

import muniment
from tests.docs.pages import ROOT, anchors, every_page, links, prose

PAGES = pytest.mark.parametrize("page", every_page(), ids=lambda page: str(page.relative_to(ROOT)))
# Two words that say that something is unfinished, and places on somebody's machine.
UNFINISHED = ("TO" + "DO", "FIX" + "ME")
MACHINE = re.compile(r"(?<![\w.:/])/(?:work|tmp|home|root|Users)/")
SOFT = ("simply", "powerful", "robust", "easily")
OURSELVES = re.compile(r"\b(?:[Ww]e|[Oo]urselves|[Ll]et's)\b")
TUTORIAL_WORDS = ("docs/tutorial", "docs/how-to", "docs/explanation")


@PAGES
def test_links_lead_to_a_page_and_a_heading_that_are_there(page: Path) -> None:
    lost = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        if "://" in path:
            continue
        target = page if path == "" else (page.parent / path).resolve()
        if not target.exists() or (anchor != "" and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


@PAGES
def test_nothing_is_left_unfinished_and_no_machine_is_named(page: Path) -> None:
    text = prose(page)
    assert [word for word in UNFINISHED if word in page.read_text("utf-8")] == []
    assert MACHINE.findall(text) == []


@PAGES
def test_a_page_begins_with_one_heading_and_a_sentence(page: Path) -> None:
    if page.parent.name == "changelog.d" and page.name != "README.md":
        return
    lines = [line for line in page.read_text("utf-8").split("\n") if line.strip() != ""]
    assert lines[0].startswith("# ")
    assert sum(line.startswith("# ") for line in prose(page).split("\n")) == 1


@PAGES
def test_the_reader_is_addressed_and_nothing_is_praised(page: Path) -> None:
    if not str(page.relative_to(ROOT)).startswith(TUTORIAL_WORDS):
        return
    text = re.sub(r'"[^"]*"', "", prose(page))
    assert OURSELVES.findall(text) == []
    assert [word for word in SOFT if re.search(rf"\b{word}\b", text) is not None] == []


def test_every_page_is_in_an_index() -> None:
    listed = {
        (index.parent / link.partition("#")[0]).resolve()
        for index in (ROOT / "docs/README.md", ROOT / "docs/decisions/README.md")
        for link in links(index)
    }
    pages = {path for path in every_page() if (ROOT / "docs") in path.parents}
    assert pages - listed - {ROOT / "docs/README.md"} == set()


def test_versions_agree() -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    readme = (ROOT / "README.md").read_text("utf-8")
    assert stated["version"] == muniment.__version__
    assert f"version {muniment.__version__}" in readme
    assert f"Python {stated['requires-python'].removeprefix('>=')} or later" in readme


def test_what_the_readme_says_at_first_is_what_the_package_says() -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (ROOT / "README.md").read_text("utf-8").split("\n")[2] == stated["description"]


def test_every_changelog_fragment_says_whether_a_published_number_changes() -> None:
    kinds = {"added", "changed", "fixed", "removed", "security"}
    for path in (ROOT / "changelog.d").glob("*.md"):
        if path.name == "README.md":
            continue
        assert path.name.split(".")[-2] in kinds
        assert "Does any published number change? " in path.read_text("utf-8"), path.name


def test_the_picture_is_described_and_loads_nothing() -> None:
    picture = (ROOT / "docs/pictures/trace.svg").read_text("utf-8")
    assert "<title" in picture
    assert "<desc" in picture
    assert "prefers-color-scheme: dark" in picture
    assert "href" not in picture
