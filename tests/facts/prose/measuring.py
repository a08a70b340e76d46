"""How well proposals agree with the marks of simulated documents."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from muniment.core import Chars, TextSpan
from muniment.facts.prose import Hints, Proposed, Sort, propose
from muniment.text import DateHints, Order
from tests.facts.prose.marked import Document

_SORTS = {
    "date": Sort.DATE,
    "q": Sort.QUANTITY,
    "id": Sort.IDENTIFIER,
    "phone": Sort.PHONE,
    "quote": Sort.QUOTE,
    "post": Sort.POST,
}
_COUNTRIES = {"zh": "CN", "ru": "RU", "tr": "TR", "de": "DE"}
Item = tuple[str, Sort, int, int, tuple[str, ...]]


class Agreement(msgspec.Struct, frozen=True):
    """Counts of one sort."""

    right: int
    proposed: int
    there: int

    @property
    def precision(self) -> float:
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 1.0


def proposals(document: Document) -> tuple[Proposed, ...]:
    """What is proposed of a document, with what a person would say of its language."""
    language = document.name.partition("-")[0]
    order = DateHints() if language == "en" else DateHints(order=Order.DMY)
    hints = Hints(_COUNTRIES.get(language), order)
    return propose(TextSpan(Chars(0, len(document.text)), document.text), hints)


def compared(documents: Iterable[Document]) -> tuple[dict[Sort, Agreement], list[Item], list[Item]]:
    """Agreement by sort, what is missing, and what is proposed too much."""
    there: Counter[Item] = Counter()
    found: Counter[Item] = Counter()
    for document in documents:
        there.update(
            (document.name, _SORTS[m.sort], m.start, m.end, m.read) for m in document.marks
        )
        found.update((document.name, p.sort, p.start, p.end, _read(p)) for p in proposals(document))
    agreements = {
        sort: Agreement(
            sum(n for item, n in (there & found).items() if item[1] is sort),
            sum(n for item, n in found.items() if item[1] is sort),
            sum(n for item, n in there.items() if item[1] is sort),
        )
        for sort in Sort
    }
    return agreements, sorted((there - found).elements()), sorted((found - there).elements())


def _read(proposed: Proposed) -> tuple[str, ...]:
    read = dict(proposed.read)
    match proposed.sort:
        case Sort.QUANTITY:
            parts = (read.get("value"), read.get("upper"), read.get("unit"), read.get("comparator"))
            return (" ".join(part for part in parts if part),)
        case Sort.POST:
            return read["title"], read["name"]
        case Sort.QUOTE:
            return (read.get("speaker", ""),)
        case _:
            return (read.get("value", proposed.unread),)
