"""Candidate passwords that the case itself holds, the likeliest for each locked object first.

    1  behind a word for "password", in texts that name the file; then near it; then everywhere
    2  names: its own, those of the folders and files around it
    3  what looks like a password in messages and short texts near it
    4  common passwords; dates in names, numbers near it, in the usual spellings
    5  what looks like a password in messages and short texts everywhere

- Every candidate carries the citation of where it stands: a password that lies in the same
  delivery shows that the delivery fits together, and says where a person should look.
- What is searched is what was read; texts inside what is opened are searched in the next round.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from muniment.catalog.candidates import Candidate
from muniment.catalog.ledger import Ledger
from muniment.catalog.locked import LockedObject
from muniment.catalog.nearness import FAR, Neighbourhood, Threads, neighbourhood
from muniment.catalog.quoting import sql_text
from muniment.catalog.sql import query
from muniment.catalog.views import names_of
from muniment.core import (
    CellArea,
    Chars,
    Citation,
    Digest,
    Element,
    Place,
    Secret,
    parse_citation,
    parse_digest,
)
from muniment.text import CUES, after_cues, also, common_forms, likeness, token_like

_MOST_HITS = 50_000  # texts with a word for "password"
_MOST_TEXTS = 200_000  # short texts searched for what looks like one
_MOST_TOKENS = 500_000
_SHORT = 4_000  # letters of an object whose texts are called short
_HEADING = 40  # letters of a cell that is the heading of a column of passwords
_LONGEST, _SHORTEST = 64, 3


class Hit(msgspec.Struct, frozen=True):
    """A text of the case and where it stands."""

    sha256: str
    text: str
    citation: str


class Search:
    """Searches one case; its texts are read from the tables when they are first needed."""

    def __init__(self, tables: Path) -> None:
        self._tables = tables
        self._threads = Threads(tables)
        self._hits = list(_with_cues(tables))
        self._short: list[Hit] | None = None

    def candidates(self, ledger: Ledger, locked: LockedObject) -> Iterator[Candidate]:
        """The candidates for one object, in order; the same password may come twice."""
        near = neighbourhood(ledger, self._threads, locked.digest)
        names = names_of(ledger, locked.digest)
        beside = [sha256 for sha256, distance in near.distances.items() if distance == 0]
        named = [(digest, names_of(ledger, digest)) for digest in map(parse_digest, beside)]
        yield from self._behind_cues(near, names)
        yield from _of_names([(locked.digest, names), *named])
        yield from self._like_passwords(near, far=False)
        yield from self._common(near, tuple(name for _, each in named for name in each))
        yield from self._like_passwords(near, far=True)

    def _behind_cues(self, near: Neighbourhood, names: tuple[str, ...]) -> Iterator[Candidate]:
        stems = {stem for name in names for stem in _stems(name)}

        def rank(hit: Hit) -> tuple[bool, int]:
            return (not any(stem in hit.text for stem in stems), near.distance(hit.sha256))

        for hit in sorted(self._hits, key=rank):
            ordered = sorted(
                after_cues(hit.text), key=lambda found: _gap(hit.text, found.start, stems)
            )
            for found in ordered:
                yield from _candidates("behind a word for password", hit, found.start, found.text)
            yield from self._columns(hit)

    def _columns(self, hit: Hit) -> Iterator[Candidate]:
        """What stands beside and below a cell that is a heading."""
        place = parse_citation(hit.citation).place
        if len(hit.text) > _HEADING or not isinstance(place, CellArea):
            return
        for cell in _beside(self._tables, hit.sha256, place):
            yield from _candidates("in a table of passwords", cell, 0, cell.text)

    def _like_passwords(self, near: Neighbourhood, *, far: bool) -> Iterator[Candidate]:
        met = (
            (likeness(token.text), near.distance(hit.sha256), hit, token)
            for hit in self._texts()
            if (near.distance(hit.sha256) == FAR) is far
            for token in token_like(hit.text)
        )
        found = list(islice(met, _MOST_TOKENS))
        for _, _, hit, token in sorted(found, key=lambda each: each[:2]):
            yield from _candidates("looks like one", hit, token.start, token.text)

    def _common(self, near: Neighbourhood, names: tuple[str, ...]) -> Iterator[Candidate]:
        texts = [hit.text for hit in self._texts() if near.distance(hit.sha256) < FAR]
        for form in common_forms((*names, *texts)):
            yield Candidate(Secret(form), "a common form")

    def _texts(self) -> list[Hit]:
        if self._short is None:
            self._short = list(_short_texts(self._tables))
        return self._short


def _of_names(named: Iterable[tuple[Digest, tuple[str, ...]]]) -> Iterator[Candidate]:
    for digest, names in named:
        for name in names:
            path = PurePosixPath(name)
            parts = (path.name, path.stem, *path.parent.parts)
            pieces = (token.text for part in parts for token in token_like(part))
            for written in chain(parts, pieces):
                if _SHORTEST <= len(written) <= _LONGEST:
                    yield Candidate(Secret(written), "a name", (str(Citation(digest)),))


def _candidates(how: str, hit: Hit, start: int, written: str) -> Iterator[Candidate]:
    cited = parse_citation(hit.citation)
    place = _narrow(cited.place, start, start + len(written))
    for spelled in also(written):
        if _SHORTEST <= len(spelled) <= _LONGEST:
            yield Candidate(Secret(spelled), how, (str(Citation(cited.digest, place)),))


def _narrow(place: Place, start: int, end: int) -> Place:
    """Letters `start` to `end` of the text at `place`, where the format can say so."""
    match place:
        case Chars():
            return Chars(place.start + start, place.start + end, place.section)
        case Element():
            base = 0 if place.chars is None else place.chars[0]
            return Element(place.member, place.path, (base + start, base + end))
        case _:
            return place


def _stems(name: str) -> Iterator[str]:
    path = PurePosixPath(name)
    yield from (each for each in (path.name, path.stem) if len(each) > _SHORTEST)


def _gap(text: str, at: int, stems: set[str]) -> int:
    """How far behind the file's name a place in the text is; far where it is not named before."""
    before = [text.rfind(stem, 0, at) for stem in stems]
    nearest = max(before, default=-1)
    return at - nearest if nearest >= 0 else len(text)


def _with_cues(tables: Path) -> Iterator[Hit]:
    pattern = sql_text("(?i)" + "|".join(CUES))  # RE2, without regard to case
    for table, text in (
        ("texts", "text"),
        ("cells", "coalesce(shown, written)"),
        ("metadata", "written"),
    ):
        statement = (
            f"SELECT sha256, {text} AS text, citation FROM {table} "  # noqa: S608 - our own words
            f"WHERE regexp_matches({text}, {pattern}) ORDER BY length({text}), citation "
            f"LIMIT {_MOST_HITS}"
        )
        yield from map(_hit, query(tables, statement))


def _short_texts(tables: Path) -> Iterator[Hit]:
    """Texts of objects that hold little of it, and all of messages."""
    statement = f"""
        WITH sizes AS (SELECT sha256, sum(length(text)) AS letters FROM texts GROUP BY sha256)
        SELECT texts.sha256, text, citation FROM texts JOIN sizes USING (sha256)
        JOIN items USING (sha256)
        WHERE letters <= {_SHORT} OR items.type LIKE 'message/%' OR items.type LIKE '%outlook%'
        ORDER BY letters, citation LIMIT {_MOST_TEXTS}"""  # noqa: S608 - our own words
    yield from map(_hit, query(tables, statement))


def _beside(tables: Path, sha256: str, place: CellArea) -> Iterator[Hit]:
    sheet = f"sheet IS NOT DISTINCT FROM {sql_text(place.sheet)}"
    statement = (
        "SELECT sha256, coalesce(shown, written) AS text, citation FROM cells "  # noqa: S608 - quoted
        f"WHERE sha256 = '{sha256}' AND {sheet} AND ((row = {place.row} AND \"column\" IN "
        f'({place.column + 1}, {place.column + 2})) OR ("column" = {place.column} AND '
        f"row > {place.row})) ORDER BY row LIMIT 2000"
    )
    yield from map(_hit, query(tables, statement))


def _hit(row: dict[str, Any]) -> Hit:
    return Hit(row["sha256"], row["text"], row["citation"])
