"""A part of XML as a stream of events, each start with its place in the tree.

- Nothing of the tree is kept, so a part of any size is read in passing.
- Entities are not resolved, DTDs and the network not touched; a tree deeper than 256 is refused
  by libxml2, so that every path can be cited.
- Characters that XML does not allow end no part: what follows is read without them, and the error
  is raised behind it.
- Names come without their namespaces' addresses, as `prefix:name`, the prefix chosen by whoever
  asks, not by the document.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from enum import Enum
from types import MappingProxyType
from typing import IO, Any, Protocol

import msgspec
from lxml import etree  # type: ignore[import-untyped]

Path = tuple[int, ...]
_BLOCK = 1 << 16
_MOST_NAMES = 10_000
_SAFELY: Mapping[str, bool] = MappingProxyType(
    {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
)
# libxml2's xmlerror.h: a reference to a character that XML does not allow, in hexadecimal and
# decimal; such a character; bytes that are none in the encoding.
_BAD_CHARACTERS = frozenset((6, 7, 9, 81))


class BadCharactersError(etree.XMLSyntaxError):  # type: ignore[misc] # lxml has no types
    """Raised behind a part that held characters that XML does not allow: the rest has come."""


class Step(Enum):
    """What an event is."""

    START = "start"
    END = "end"
    TEXT = "text"


class Event(msgspec.Struct, gc=False):
    """An event: its name or text; for a start, its attributes and its child sequence."""

    step: Step
    value: str
    attributes: Mapping[str, str]
    path: Path


_NOTHING: Mapping[str, str] = {}
_START, _END, _TEXT = Step


class _Names(dict[str, str]):
    """Names as written in the tree → as they are given out."""

    def __init__(self, prefix_of: Callable[[str], str]) -> None:
        super().__init__()
        self._prefix_of = prefix_of

    def __missing__(self, tag: str) -> str:
        space, _, name = tag[1:].rpartition("}") if tag[:1] == "{" else ("", "", tag)
        prefix = self._prefix_of(space)
        known = name if prefix == "" else f"{prefix}:{name}"
        if len(self) < _MOST_NAMES:
            self[tag] = known
        return known


class _Target:
    """What lxml calls while it parses; holds the events since they were last taken.

    It is called for every element of the largest parts there are.
    """

    def __init__(self, prefix_of: Callable[[str], str]) -> None:
        self.events: list[Event] = []
        self._names = _Names(prefix_of)
        self._counts = [0]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        names, counts = self._names, self._counts
        counts[-1] += 1
        path = tuple(counts)
        counts.append(0)
        named = _NOTHING
        if len(attributes) > 0:
            named = {names[key]: value for key, value in attributes.items()}
        self.events.append(Event(_START, names[tag], named, path))

    def end(self, tag: str) -> None:
        self._counts.pop()
        self.events.append(Event(_END, self._names[tag], _NOTHING, ()))

    def data(self, data: str) -> None:
        self.events.append(Event(_TEXT, data, _NOTHING, ()))

    def close(self) -> None:
        """Nothing is left to do; lxml asks for it."""


def xml_events(stream: IO[bytes], prefix_of: Callable[[str], str]) -> Iterator[Event]:
    """The events of a part; `prefix_of` gives the prefix for a namespace, or nothing.

    Raises:
        etree.XMLSyntaxError: it is not well-formed from here on; what stood before has come.
    """
    target = _Target(prefix_of)
    for _ in fed(stream, target):
        yield from target.events
        target.events.clear()


class Target(Protocol):
    """What lxml calls while it parses."""

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None:
        """An element begins."""

    def end(self, tag: str, /) -> None:
        """An element ends."""

    def data(self, data: str, /) -> None:
        """Characters stand here."""

    def close(self) -> None:
        """The part ends."""


def fed(stream: IO[bytes], target: Target) -> Iterator[None]:
    """Parse a part into a target; comes back after each block, so that what is found can leave.

    Raises:
        etree.XMLSyntaxError: it is not well-formed from here on.
        BadCharactersError: characters that XML does not allow stood in it; all the rest has come.
    """
    parser = etree.XMLParser(target=target, **_SAFELY)
    trouble: etree.XMLSyntaxError | None = None
    while trouble is None and len(block := stream.read(_BLOCK)) > 0:
        try:
            parser.feed(block)
        except etree.XMLSyntaxError as why:
            trouble = why
        yield
    if trouble is not None:
        if trouble.code in _BAD_CHARACTERS and stream.seekable():
            yield from _without_bad_characters(stream, target)
            raise BadCharactersError("", trouble.code, 0, 0) from trouble
        raise trouble
    parser.close()
    yield


def tree_steps(
    stream: IO[bytes], events: tuple[str, ...], tag: str | None = None
) -> Iterator[tuple[str, etree._Element]]:
    """The steps of `etree.iterparse`; whoever takes them clears what has ended.

    Raises:
        etree.XMLSyntaxError: it is not well-formed from here on.
        BadCharactersError: characters that XML does not allow stood in it; all the rest has come.
    """
    asked: dict[str, Any] = {**_SAFELY, "events": events, "tag": tag}
    count = 0
    try:
        for step in etree.iterparse(stream, **asked):
            count += 1
            yield step
    except etree.XMLSyntaxError as why:
        if why.code not in _BAD_CHARACTERS or not stream.seekable():
            raise
        trouble = why
    else:
        return
    stream.seek(0)
    for number, (event, element) in enumerate(etree.iterparse(stream, recover=True, **asked)):
        if number >= count:
            yield event, element
        elif event == "end":
            element.clear(keep_tail=True)
    raise BadCharactersError("", trouble.code, 0, 0) from trouble


def _without_bad_characters(stream: IO[bytes], target: Target) -> Iterator[None]:
    """Parse a part again, leniently; the target is given what it was not given before."""
    stream.seek(0)
    given = _Given()
    strict = etree.XMLParser(target=given, **_SAFELY)
    with suppress(etree.XMLSyntaxError):
        while len(block := stream.read(_BLOCK)) > 0:
            strict.feed(block)
    stream.seek(0)
    lenient = etree.XMLParser(target=_Rest(target, given), recover=True, **_SAFELY)
    while len(block := stream.read(_BLOCK)) > 0:
        lenient.feed(block)
        yield


class _Given:
    """Counts what came before an error: starts and ends, and the characters after the last."""

    def __init__(self) -> None:
        self.steps = self.characters = 0

    def start(self, _tag: str, _attributes: Mapping[str, str]) -> None:
        self.steps += 1
        self.characters = 0

    def end(self, _tag: str) -> None:
        self.steps += 1
        self.characters = 0

    def data(self, data: str) -> None:
        self.characters += len(data)

    def close(self) -> None:
        """Nothing is left to do; lxml asks for it."""


class _Rest:
    """Hands on to a target what comes after what it was given."""

    def __init__(self, target: Target, given: _Given) -> None:
        self._target = target
        self._steps, self._characters = given.steps, given.characters

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._steps -= 1
        if self._steps < 0:
            self._target.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._steps -= 1
        if self._steps < 0:
            self._target.end(tag)

    def data(self, data: str) -> None:
        if self._steps > 0:
            return
        rest = data[self._characters :] if self._steps == 0 else data
        if self._steps == 0:
            self._characters = max(0, self._characters - len(data))
        if rest != "":
            self._target.data(rest)

    def close(self) -> None:
        """Nothing is left to do; lxml asks for it."""
