"""What people are shown of a search: each hit with its file, its way, its place and its words.

- One question to the ledger a page of hits, not one a hit.
- Two passages that share their seam may find the same words twice: such a hit is shown once.
"""

from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import select

from muniment.catalog.chain import Link, chains
from muniment.catalog.hits import Stretch, locate
from muniment.catalog.ledger import Ledger
from muniment.catalog.searching.engine import Facet, Order, SearchEngine, Window
from muniment.catalog.searching.noted import with_notes_looked_up
from muniment.catalog.searching.query import Query
from muniment.catalog.tables import OBJECTS
from muniment.core import Area, Citation

_BATCH = 1_000  # hits asked of the engine at once, where all are wanted


class Hit(msgspec.Struct, frozen=True):
    """Words that were found: where, in which file, and what is written around them.

    `way` leads from the file to the delivery. `area` is the place on a page or picture, where the
    hit stands on one. `sort` is text, row, metadata or name.
    """

    citation: str
    sha256: str
    way: tuple[Link, ...]
    type: str
    state: str
    sort: str
    property: str
    snippet: str
    marks: tuple[Stretch, ...]
    found_as: tuple[str, ...]
    score: float
    area: Area | None


class Answer(msgspec.Struct, frozen=True):
    """How many places there are in all, those of the window, and the counts over all of them."""

    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    notes: tuple[str, ...] = ()


def answer(ledger: Ledger, engine: SearchEngine, query: Query, window: Window) -> Answer:
    """The hits of a window as people are shown them.

    Raises:
        UsageError: the query stands for too much, or the engine does not answer.
    """
    query = with_notes_looked_up(ledger, query)
    results = engine.search(query, window)
    digests = list(dict.fromkeys(found.digest for found in results.hits))
    ways = chains(ledger, digests)
    known = _known(ledger, [digest.hex for digest in digests])
    hits: dict[str, Hit] = {}
    for found in results.hits:
        located = locate(found.passage, query)
        citation = str(Citation(found.digest, located.at))
        media_type, state = known.get(found.digest.hex, ("", ""))
        hit = Hit(
            citation=citation,
            sha256=found.digest.hex,
            way=ways[found.digest],
            type=media_type,
            state=state,
            sort=found.passage.sort,
            property=found.passage.property,
            snippet=located.snippet,
            marks=located.marks,
            found_as=located.found_as,
            score=found.score,
            area=located.at if isinstance(located.at, Area) else None,
        )
        hits.setdefault(f"{citation} {located.snippet}", hit)
    return Answer(results.total, tuple(hits.values()), results.facets, results.notes)


def every_hit(
    ledger: Ledger, engine: SearchEngine, query: Query, order: Order, most: int
) -> Iterator[Hit]:
    """All hits in an order, at most `most` of them."""
    for start in range(0, most, _BATCH):
        window = Window(start, min(_BATCH, most - start), order)
        found = answer(ledger, engine, query, window)
        yield from found.hits
        if start + window.limit >= found.total:
            return


def _known(ledger: Ledger, digests: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Media type and state of these objects."""
    columns = (OBJECTS.c.digest, OBJECTS.c.type, OBJECTS.c.state)
    with ledger.engine.connect() as connection:
        rows = connection.execute(select(*columns).where(OBJECTS.c.digest.in_(digests)))
        return {row.digest: (row.type, row.state) for row in rows}
