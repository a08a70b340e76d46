"""Recall and precision of search against a plain scan: random substrings of each script.

- The scan knows nothing of tokens: letters are normalised by Unicode alone, the dots of names are
  left out, and a substring stands in an object or does not. White space is left out of Chinese,
  and is one space elsewhere.
- In scripts with spaces a substring may cut a word: it is asked for with open ends, `*"…"*`.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from muniment.catalog import (
    Entry,
    Facts,
    SearchEngine,
    Window,
    items,
    open_engine,
    open_ledger,
    parse_query,
    parts_of,
)
from muniment.catalog.passages import passages
from muniment.catalog.searching.embedded import EmbeddedEngine
from muniment.core import Cell, Chars, Child, Digest, Metadata, Part, TextSpan, parse_digest
from muniment.text import fold
from muniment.vault import open_case

_SCRIPTS = {
    "Han": re.compile(r"[\u4e00-\u9fff]"),
    "Arabic": re.compile(r"[\u0620-\u06ff]"),
    "Cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "Latin": re.compile(r"[A-Za-z]"),
}
_LEFT_OUT = re.compile(r"[·•‧∙⋅・･\u200b-\u200f\u00ad\u0640]+")
_SPACE = re.compile(r"\s+")
_MOST = 10**6


def plain(text: str, space: str) -> str:
    """A text as the scan compares it, white space as `space`."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each for each in parts if unicodedata.category(each) not in ("Mn", "Cf"))
    return _SPACE.sub(space, _LEFT_OUT.sub("", kept))


def folded(text: str) -> str:
    """A text as folding makes it, for precision: more letters are one."""
    return _SPACE.sub("", _LEFT_OUT.sub("", fold(text)))


class Scanned:
    """Objects and the pieces of text in them, each scanned from end to end."""

    def __init__(self, pieces: dict[str, list[str]]) -> None:
        self.pieces = pieces
        self.plain = {
            space: {key: [plain(text, space) for text in texts] for key, texts in pieces.items()}
            for space in ("", " ")
        }
        self.joined = {key: folded("\n".join(texts)) for key, texts in pieces.items()}

    def holding(self, wanted: str, space: str) -> set[str]:
        sought, held = plain(wanted, space), self.plain[space]
        return {key for key, texts in held.items() if any(sought in text for text in texts)}

    def may_hold(self, wanted: str) -> set[str]:
        """With what stands over the ends of lines, too."""
        sought = folded(wanted)
        return {key for key, text in self.joined.items() if sought in text}


def substrings(
    scanned: Scanned, script: re.Pattern[str], count: int, chance: random.Random
) -> Iterator[str]:
    texts = [t for texts in scanned.pieces.values() for t in texts if script.search(t)]
    for _ in range(count if len(texts) > 0 else 0):
        text = chance.choice(texts)
        at = chance.choice([match.start() for match in script.finditer(text)])
        start = max(0, at - chance.randrange(4))
        wanted = text[start : at + 1 + chance.randrange(12)]
        # A quote is the one letter that cannot stand in quotes; an edge that is cut within a
        # letter and its marks is no substring to a reader.
        if '"' not in wanted and "\u201c" not in wanted and "\u201d" not in wanted:
            yield wanted.strip()


def asked(wanted: str, *, spaced: bool) -> str:
    """The query that looks for a substring."""
    if not spaced:
        return f'"{wanted}"'
    before = "*" if wanted[0].isalnum() else ""
    after = "*" if wanted[-1].isalnum() else ""
    return f'{before}"{wanted}"{after}'


def differences(
    engine: SearchEngine, scanned: Scanned, wanted: str, *, spaced: bool
) -> tuple[set[str], set[str]]:
    """What was not found though it is there, and what was found though it is not."""
    query = parse_query(asked(wanted, spaced=spaced))
    hits = engine.search(query, Window(0, _MOST)).hits
    found = {hit.digest.hex for hit in hits}
    return scanned.holding(wanted, " " if spaced else "") - found, found - scanned.may_hold(wanted)


def _texts(parts: Iterator[Part]) -> Iterator[str]:
    for part in parts:
        match part:
            case TextSpan():
                yield part.text
            case Cell():
                yield from (
                    each for each in (part.written, part.shown, part.formula, part.comment) if each
                )
            case Metadata():
                yield f"{part.name}: {part.written}"
            case Child():
                yield part.name
            case _:
                continue


def leak_of(case: Path) -> Scanned:
    """Everything read of a case."""
    opened = open_case(case)
    with closing(open_ledger(opened)) as ledger:
        return Scanned(
            {
                item.sha256: [*_texts(parts_of(opened, parse_digest(item.sha256))), *item.names]
                for item in items(ledger)
            }
        )


def _compare(
    engine: SearchEngine, scanned: Scanned, script: str, count: int, *, least: int
) -> None:
    chance = random.Random(f"{script} {count}")
    tried, missed, wrong = 0, [], []
    for wanted in substrings(scanned, _SCRIPTS[script], count, chance):
        if not any(letter.isalnum() for letter in plain(wanted, "")):
            continue
        tried += 1
        lacking, surplus = differences(engine, scanned, wanted, spaced=script != "Han")
        missed += [(wanted, len(lacking))] if lacking else []
        wrong += [(wanted, len(surplus))] if surplus else []
    assert (missed, wrong) == ([], [])
    assert tried >= least


@pytest.fixture(scope="module")
def leak_scanned(case: Path) -> Scanned:
    return leak_of(case)


@pytest.mark.parametrize("script", _SCRIPTS)
def test_every_substring_of_the_leak_is_found_and_nothing_else(
    case: Path, leak_scanned: Scanned, script: str
) -> None:
    with closing(open_engine(open_case(case))) as engine:
        _compare(engine, leak_scanned, script, 60, least=30)


@pytest.mark.night
@pytest.mark.parametrize("script", _SCRIPTS)
def test_a_thousand_substrings_of_the_leak(case: Path, leak_scanned: Scanned, script: str) -> None:
    with closing(open_engine(open_case(case))) as engine:
        _compare(engine, leak_scanned, script, 1_100, least=900)


@pytest.fixture(scope="module")
def laws(real_material: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], object]:
    """So many official texts, indexed line by line."""
    files = sorted((real_material / "chinese-laws").rglob("*.md"))
    if len(files) == 0:
        pytest.skip(f"no official texts in {real_material}")

    def indexed(count: int) -> tuple[SearchEngine, Scanned]:
        chosen = files[:: max(1, len(files) // count)][:count]
        engine = EmbeddedEngine(tmp_path_factory.mktemp("laws") / "index")
        engine.clear()
        texts = {number: path.read_text("utf-8") for number, path in enumerate(chosen)}
        keys = {number: Digest(number.to_bytes(32, "big")) for number in texts}
        engine.put(
            Entry(keys[number], Facts(), passages(_lines(text), overlap=200))
            for number, text in texts.items()
        )
        return engine, Scanned({keys[number].hex: [text] for number, text in texts.items()})

    return indexed


def _lines(text: str) -> Iterator[Part]:
    at = 0
    for line in text.splitlines(keepends=True):
        yield TextSpan(Chars(at, at + len(line)), line)
        at += len(line)


def test_every_substring_of_official_texts_is_found(laws: Callable[[int], object]) -> None:
    engine, scanned = laws(40)  # type: ignore[misc]
    _compare(engine, scanned, "Han", 150, least=100)


@pytest.mark.night
def test_a_thousand_substrings_of_all_official_texts(laws: Callable[[int], object]) -> None:
    engine, scanned = laws(100_000)  # type: ignore[misc]
    _compare(engine, scanned, "Han", 1_300, least=1_000)
