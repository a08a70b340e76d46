"""One XML part of a packaged document whose format a few words describe.

- Text stands at the `Element` of its paragraph, or of the element whose attribute holds it.
- What the grammar does not name is walked through: text inside paragraphs is never lost for
  standing in an element nobody has heard of, unless the grammar names the only ones that count.
"""

import re
from collections.abc import Iterator, Mapping
from typing import IO

import msgspec
from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Element, Metadata, Part, Role, TextSpan
from muniment.readers.glyph_runs import GlyphRuns
from muniment.readers.paragraphs import Paragraph
from muniment.readers.xml_events import fed

_SPACES = re.compile(r"[ \t\r\n]+")
_NONE: Mapping[str, str] = {}
_NO_ROLES: Mapping[str, Role] = {}
_MOST_NAMES = 10_000


class Grammar(msgspec.Struct, frozen=True):
    """Which elements (by local name) of a format mean what.

    `text_in` are the only elements whose characters are text, where a format has such; `written`
    names, for an element, the attribute that holds its text.
    """

    paragraphs: frozenset[str]
    text_in: frozenset[str] = frozenset()
    letters: Mapping[str, str] = _NONE
    roles: Mapping[str, Role] = _NO_ROLES
    skipped: frozenset[str] = frozenset()
    written: Mapping[str, str] = _NONE
    collapses: bool = False  # runs of white space are one space, as in HTML
    links: Mapping[str, str] = _NONE  # the attribute of an element that holds an address
    runs: bool = False  # what attributes hold are runs of glyphs, to be joined


def read_marked_part(
    stream: IO[bytes],
    member: str,
    grammar: Grammar,
    role: Role = Role.BODY,
    *,
    hidden: bool = False,
) -> Iterator[Part]:
    """The paragraphs of a part.

    Raises:
        etree.XMLSyntaxError: it is not well-formed from here on.
    """
    walk = _Walk(member, grammar, role, hidden=hidden)
    try:
        for _ in fed(stream, walk):
            yield from walk.found
            walk.found.clear()
    except etree.XMLSyntaxError:
        walk.close()
        yield from walk.found
        raise


class _Meaning(msgspec.Struct, frozen=True, gc=False):
    """What a grammar says of an element."""

    paragraph: bool
    counts: bool
    skipped: bool
    role: Role | None
    letters: str
    written: str
    link: str

    @property
    def is_plain(self) -> bool:
        """Whether it says nothing."""
        says = self.paragraph or self.counts or self.skipped or self.role is not None
        return not says and self.letters == self.written == self.link == ""


class _Meanings(dict[str, _Meaning | None]):
    """Names as written in the tree → what they mean; None for the many that mean nothing."""

    def __init__(self, grammar: Grammar) -> None:
        super().__init__()
        self._grammar = grammar

    def __missing__(self, tag: str) -> _Meaning | None:
        name, grammar = tag.rpartition("}")[2], self._grammar
        meaning = _Meaning(
            paragraph=name in grammar.paragraphs,
            counts=name in grammar.text_in,
            skipped=name in grammar.skipped,
            role=grammar.roles.get(name),
            letters=grammar.letters.get(name, ""),
            written=grammar.written.get(name, ""),
            link=grammar.links.get(name, ""),
        )
        known = None if meaning.is_plain else meaning
        if len(self) < _MOST_NAMES:
            self[tag] = known
        return known


class _Walk:
    """Where the walk stands: open paragraphs, roles, elements whose text counts; what it found.

    lxml calls it for every element of the largest parts there are, most of which mean nothing.
    """

    def __init__(self, member: str, grammar: Grammar, role: Role, *, hidden: bool) -> None:
        self.found: list[Part] = []
        self._member = member
        self._meanings = _Meanings(grammar)
        self._collapses = grammar.collapses
        self._runs = GlyphRuns() if grammar.runs else None
        self._only_counted = len(grammar.text_in) > 0
        self._hidden = hidden
        self._places = [0]
        self._roles = [role]
        self._paragraphs: list[Paragraph] = []
        self._skipped = 0  # how deep in an element that is skipped; nothing is kept of those inside
        self._counting = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._skipped > 0:
            self._skipped += 1
            return
        places = self._places
        places[-1] += 1
        meaning = self._meanings[tag]
        if meaning is not None:
            if meaning.skipped:
                self._skipped = 1
                return
            self._begin(meaning, attributes)
        places.append(0)

    def _begin(self, meaning: _Meaning, attributes: Mapping[str, str]) -> None:
        self._counting += meaning.counts
        if meaning.role is not None:
            self._roles.append(meaning.role)
        if meaning.paragraph:
            self._paragraphs.append(Paragraph(tuple(self._places)))
        if meaning.letters != "":
            self._add(meaning.letters)
        if meaning.written == meaning.link == "":
            return
        named = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        text = named.get(meaning.written, "")
        if text.strip() != "" or (self._runs is not None and text != ""):
            at = Element(self._member, tuple(self._places))
            span = TextSpan(at, text.removeprefix("{}"), self._roles[-1], self._hidden)
            self._found(span if self._runs is None else self._runs.add(span, named))
        if named.get(meaning.link, "") != "":
            at = Element(self._member, tuple(self._places))
            self.found.append(Metadata(at, "link", named[meaning.link]))

    def _found(self, span: TextSpan | None) -> None:
        if span is not None and span.text.strip() != "":
            self.found.append(span)

    def end(self, tag: str) -> None:
        if self._skipped > 0:
            self._skipped -= 1
            return
        self._places.pop()
        meaning = self._meanings[tag]
        if meaning is None:
            return
        self._counting -= meaning.counts
        if meaning.paragraph:
            self.found.extend(self._paragraphs.pop().spans(self._member))
        if meaning.role is not None:
            self._roles.pop()

    def data(self, data: str) -> None:
        if self._skipped > 0 or len(self._paragraphs) == 0:
            return  # most of a part that holds styles beside its text
        if not self._only_counted or self._counting > 0:
            self._add(_SPACES.sub(" ", data) if self._collapses else data)

    def close(self) -> None:
        """Nothing more comes; lxml calls it too."""
        self._found(None if self._runs is None else self._runs.rest())

    def _add(self, text: str) -> None:
        if len(self._paragraphs) > 0:
            self._paragraphs[-1].add(self._roles[-1], text, hidden=self._hidden)
