"""The address of a search: what it asks for, and the addresses that lead on from it.

    /search?q=…&type=…&lang=…&folder=…&date=…&sender=…&people=…&state=…&sort=…&order=…&page=2

- A facet may be named several times: one of its values is enough.
- A link that adds or takes away a value begins at the first page again.
"""

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote_plus, urlencode

import msgspec

from muniment.app.web.language_names import language_named
from muniment.catalog import FACETS, KIND_NAMES, SORTS, All, Facet, Is, Order, Query, parse_query
from muniment.core import State, UsageError
from muniment.text import LANGUAGE_CODES

ORDERS: tuple[tuple[Order, str], ...] = (
    ("relevance", "best match first"),
    ("date", "earliest stated date first"),
    ("-date", "latest stated date first"),
    ("name", "by name of the file"),
)
TITLES = {
    "type": "Kind of file",
    "lang": "Language",
    "folder": "Folder",
    "date": "Stated date",
    "sender": "Sender",
    "people": "Person named",
    "state": "What became of it",
    "sort": "Where in the file",
}
_VALUES = {  # of the facets whose values are the same in every case
    "type": KIND_NAMES,
    "lang": LANGUAGE_CODES,
    "state": tuple(state.value for state in State),
    "sort": SORTS,
}
_LABELS: dict[str, Callable[[str], str]] = {  # of values that are written for programs
    "folder": lambda value: value.rpartition("/")[2],
    "lang": language_named,
    "sort": lambda value: {"row": "a row of a table", "metadata": "a property"}.get(value, value),
}
_LONGEST = 500  # letters of a facet's value
_MOST = 50  # values chosen at once
_SHOWN = 12  # values of a facet before "more"


class SearchAddress(msgspec.Struct, frozen=True):
    """What the address of a search asks for."""

    q: str
    chosen: tuple[tuple[str, str], ...] = ()
    order: Order = "relevance"
    page: int = 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return self.q.strip() == "" and len(self.chosen) == 0

    @property
    def query(self) -> Query:
        """The query, held to the chosen values.

        Raises:
            UsageError: it makes no sense.
        """
        conditions = tuple(
            Is(field, tuple(value for name, value in self.chosen if name == field))
            for field in FACETS
            if any(name == field for name, _ in self.chosen)
        )
        if self.q.strip() == "":
            return Query(All(conditions))
        return parse_query(self.q).narrowed(*conditions)

    def link(self, **changed: object) -> str:
        """The address of the same search with something else in it."""
        return f"/search?{urlencode(msgspec.structs.replace(self, **changed).pairs())}"

    def pairs(self) -> list[tuple[str, str]]:
        """The fields of the address, without those that are as they are without being named."""
        found = [("q", self.q), *self.chosen]
        if self.order != "relevance":
            found.append(("order", self.order))
        if self.page > 1:
            found.append(("page", str(self.page)))
        return found

    def link_before(self, chosen: tuple[tuple[str, str], ...]) -> str:
        """What of the address of the first page stands before one more value is chosen."""
        return f"/search?{urlencode((('q', self.q), *chosen))}"

    @property
    def link_after(self) -> str:
        """What stands after it."""
        return "" if self.order == "relevance" else f"&order={self.order}"

    @property
    def csv(self) -> str:
        """The address of all hits as CSV."""
        return f"/search.csv?{urlencode(msgspec.structs.replace(self, page=1).pairs())}"

    def without(self, field: str, value: str) -> str:
        """The address of the same search without this value."""
        kept = tuple(each for each in self.chosen if each != (field, value))
        return self.link(chosen=kept, page=1)


class Choice(msgspec.Struct, frozen=True):
    """A value of a facet: how it is shown, how many places have it, and where choosing it leads."""

    label: str
    count: int
    link: str
    chosen: bool


class ChoiceList(msgspec.Struct, frozen=True):
    """A facet as it is shown; `later` are the values behind "more"."""

    field: str
    title: str
    first: tuple[Choice, ...]
    later: tuple[Choice, ...]
    left_off: bool
    open: bool


def address_of(q: str, chosen: Sequence[tuple[str, str]], order: Order, page: int) -> SearchAddress:
    """The address, checked.

    Raises:
        UsageError: too many values, too long ones, or one that is none.
    """
    if len(chosen) > _MOST or any(len(value) > _LONGEST for _, value in chosen):
        raise UsageError(
            "the address of the search holds too many or too long values",
            next_step="begin the search again, and choose fewer of them",
        )
    for name, value in chosen:
        if value not in _VALUES.get(name, (value,)):
            raise UsageError(
                f"nothing is called {value[:40]!r} under “{TITLES[name]}”",
                next_step=f"there is: {', '.join(_VALUES[name])}",
            )
    return SearchAddress(q, tuple(dict.fromkeys(chosen)), order, page)


def choice_lists(address: SearchAddress, facets: Sequence[Facet]) -> tuple[ChoiceList, ...]:
    """The facets with their links."""
    lists = []
    for facet in facets:
        choices = tuple(_choices(address, facet))
        shown = choices[:_SHOWN]
        chosen = any(choice.chosen for choice in choices)
        # Few of the hits may have a sender at all: one is worth choosing too.
        enough = 1 if facet.field in ("sender", "people") else 2
        if len(choices) >= enough or chosen:
            lists.append(
                ChoiceList(
                    facet.field,
                    TITLES[facet.field],
                    shown,
                    choices[_SHOWN:],
                    facet.left_off > 0,
                    chosen or facet.field in ("type", "lang", "folder", "date"),
                )
            )
    return tuple(lists)


def _choices(address: SearchAddress, facet: Facet) -> Iterator[Choice]:
    heads: dict[tuple[tuple[str, str], ...], str] = {}
    for value, count in _of_this_level(address, facet):
        chosen = (facet.field, value) in address.chosen
        label = _LABELS.get(facet.field, str)(value)
        if chosen:
            link = address.without(facet.field, value)
        else:
            others = tuple(_kept(address, facet.field, value))
            if others not in heads:  # mostly one for all: a page has some hundred values
                heads[others] = address.link_before(others)
            link = f"{heads[others]}&{facet.field}={quote_plus(value)}{address.link_after}"
        yield Choice(label or "(none)", count, link, chosen)


def _kept(address: SearchAddress, field: str, value: str) -> list[tuple[str, str]]:
    """What stays chosen beside a new value: what it stands inside of does not."""
    return [
        (name, other)
        for name, other in address.chosen
        if name != field or not (value.startswith((f"{other}/", f"{other}-")))
    ]


def _of_this_level(address: SearchAddress, facet: Facet) -> Iterator[tuple[str, int]]:
    """Folders and dates are shown a level at a time: years, then the months of a chosen year."""
    chosen = [value for field, value in address.chosen if field == facet.field]
    separator = {"folder": "/", "date": "-"}.get(facet.field)
    if separator is None:
        yield from facet.counts
        return
    counts = facet.counts if facet.field == "folder" else sorted(facet.counts)
    for value, count in counts:
        above = value.rpartition(separator)[0]
        inside = any(each in (above, value) for each in chosen)
        if inside or (above == "" and len(chosen) == 0):
            yield value, count
