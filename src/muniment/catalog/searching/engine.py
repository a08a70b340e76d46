"""What every search engine does: takes whole objects in, and answers queries with counts.

- An engine holds one case's passages. It splits no text: tokens and folding are ours, so every
  engine finds the same.
- An object goes in whole or not at all; putting it in again replaces it.
- To add an engine: a class with these methods, a line in `engines.py`, and the inherited tests of
  `tests/catalog/searching/contract.py`.
"""

from collections.abc import Iterable, Iterator
from typing import Literal, Protocol

import msgspec

from muniment.catalog.passages import Passage
from muniment.catalog.searching.query import Query
from muniment.core import Digest

FORMAT = 3  # raised whenever what is indexed, or how it is split, changes
EMBEDDED = "embedded"

Order = Literal["relevance", "date", "-date", "name"]
FACETS = ("type", "lang", "folder", "date", "sender", "people", "state", "sort")


class Facts(msgspec.Struct, frozen=True):
    """What is known of an object and shared by all its passages.

    `folders` has each folder above it too; `days` are stated dates as YYYYMMDD, without those
    that can be no date; `months` are their years and months, as 2017 and 2017-03. `carriers` are
    the digests, in hex, of the messages that it came in; who wrote and got these is among
    `senders` and `people`.
    """

    name: str = ""
    kind: str = ""
    media: str = ""
    state: str = ""
    size: int = 0
    language: str = "unknown"
    folders: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    senders: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()

    @property
    def months(self) -> tuple[str, ...]:
        """Years and months of the days, each once."""
        found: dict[str, None] = {}
        for day in self.days:
            year, month = f"{day // 10_000:04}", f"{day // 100 % 100:02}"
            found[year] = None
            found[f"{year}-{month}"] = None
        return tuple(found)


class Entry(msgspec.Struct, frozen=True):
    """An object to be indexed."""

    digest: Digest
    facts: Facts
    passages: Iterable[Passage]


class Window(msgspec.Struct, frozen=True):
    """Which of the hits are wanted: `limit` of them after the first `offset`, and in which order.

    With `facets`, what all hits have in common is counted too.
    """

    offset: int = 0
    limit: int = 20
    order: Order = "relevance"
    facets: bool = False


class Found(msgspec.Struct, frozen=True):
    """A passage that matches, and how well: comparable within one answer, higher is better."""

    digest: Digest
    number: int
    passage: Passage
    score: float


class Facet(msgspec.Struct, frozen=True):
    """How many hits have which value of a field, most first; the rarest may be left off."""

    field: str
    counts: tuple[tuple[str, int], ...]
    left_off: int = 0  # values, or hits with such values, that are not listed


class Results(msgspec.Struct, frozen=True):
    """How many passages match in all, those of the window, and the counts over all of them.

    `notes` are sentences about what was not looked for, because it stands for too much.
    """

    total: int
    hits: tuple[Found, ...]
    facets: tuple[Facet, ...] = ()
    notes: tuple[str, ...] = ()


NOT_INSIDE = "numbers inside longer ones were not looked for: too many end or begin so"


class SearchEngine(Protocol):
    """An index of one case."""

    @property
    def name(self) -> str:
        """How it is called, without any password."""

    def is_current(self) -> bool:
        """Whether it holds an index of this format: else it is to be cleared and filled."""

    def clear(self) -> None:
        """Leave an empty index of this format."""

    def put(self, entries: Iterable[Entry]) -> int:
        """Index these objects anew, all or none of them; returns how many passages went in."""

    def remove(self, digests: Iterable[Digest]) -> None:
        """Forget these objects."""

    def search(self, query: Query, window: Window) -> Results:
        """The hits of a window, best first.

        Raises:
            UsageError: the query stands for too much.
        """

    def documents(self) -> Iterator[tuple[Digest, int, Passage]]:
        """Everything in the index, in no promised order."""

    def close(self) -> None:
        """Let go of files and connections."""
