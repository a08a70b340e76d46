"""The field `note:` of a query: files beside which people wrote these words, or set such a tag.

- What people write is in the journal and the ledger, not in the index: the field is answered there
  and becomes a condition on objects before an engine is asked. So a note is found at once.
"""

from muniment.catalog.annotation_views import AnnotationsWanted, annotations
from muniment.catalog.ledger import Ledger
from muniment.catalog.searching.query import All, Any, Holding, Is, Node, Not, Query

_MOST = 2_000  # annotations looked at, the newest first: an index is asked for no longer list
_NOTHING = ("0" * 64,)  # the digest of no object


def with_notes_looked_up(ledger: Ledger, query: Query) -> Query:
    """The same query with every `note:` answered."""
    return Query(_answered(ledger, query.root))


def _answered(ledger: Ledger, node: Node) -> Node:
    match node:
        case Is(field="note"):
            return Is("object", _noted(ledger, node.values))
        case Holding():
            return Holding(node.properties, _answered(ledger, node.inner), node.carried)
        case All():
            return All(tuple(_answered(ledger, part) for part in node.parts))
        case Any():
            return Any(tuple(_answered(ledger, part) for part in node.parts))
        case Not():
            return Not(_answered(ledger, node.part))
        case _:
            return node


def _noted(ledger: Ledger, words: tuple[str, ...]) -> tuple[str, ...]:
    """The digests of the objects beside which one of these was written."""
    found = [
        each.sha256
        for said in words
        for each in annotations(ledger, AnnotationsWanted(words=said), _MOST)
        if each.sha256 is not None
    ]
    return tuple(dict.fromkeys(found)) or _NOTHING
