"""Which letters of a text a query found, so that they can be marked where they stand.

- The text and the query are folded alike; what is marked is what is written.
"""

from muniment.catalog.hits import Stretch, stretches
from muniment.catalog.passages import Passage
from muniment.catalog.searching.query import Query

Range = Stretch  # code points of the text, up to and without the second


def marks(text: str, query: Query | None) -> tuple[Range, ...]:
    """The ranges of `text` that the query's words and phrases stand in, in order, none touching."""
    return () if query is None else stretches(Passage(text, (), "text"), query)
