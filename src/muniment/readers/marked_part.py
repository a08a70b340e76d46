"""One XML part of a packaged document whose format a few words describe.

- Text stands at the `Element` of its paragraph, or of the element whose attribute holds it.
- What the grammar does not name is walked through: text inside paragraphs is never lost for
  standing in an element nobody has heard of, unless the grammar names the only ones that count.
"""

import re
from collections.abc import Iterator, Mapping
from typing import IO

import msgspec

from muniment.core import Element, Part, Role, TextSpan
from muniment.readers.paragraphs import Paragraph
from muniment.readers.xml_events import Event, Step, xml_events

_SPACES = re.compile(r"[ \t\r\n]+")
_NONE: Mapping[str, str] = {}
_NO_ROLES: Mapping[str, Role] = {}


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
    for event in xml_events(stream, lambda _: ""):
        step = event.step
        if step is Step.START:
            walk.start(event)
        elif step is Step.END:
            walk.end(event.value)
        else:
            walk.text(event.value)
        if len(walk.found) > 0:
            yield from walk.found
            walk.found.clear()


class _Walk:
    """Where the walk stands: open paragraphs, roles, elements whose text counts; what it found."""

    def __init__(self, member: str, grammar: Grammar, role: Role, *, hidden: bool) -> None:
        self.found: list[Part] = []
        self._member = member
        self._grammar = grammar
        self._hidden = hidden
        self._roles = [role]
        self._paragraphs: list[Paragraph] = []
        self._skipped = 0
        self._counting = 0

    def start(self, event: Event) -> None:
        name, grammar = event.value, self._grammar
        self._skipped += name in grammar.skipped
        self._counting += name in grammar.text_in
        if name in grammar.roles:
            self._roles.append(grammar.roles[name])
        if name in grammar.paragraphs:
            self._paragraphs.append(Paragraph(event.path))
        if name in grammar.letters:
            self._add(grammar.letters[name])
        if name not in grammar.written or self._skipped > 0:
            return
        text = event.attributes.get(grammar.written[name], "")
        if text.strip() != "":
            at = Element(self._member, event.path)
            text = text.removeprefix("{}")
            self.found.append(TextSpan(at, text, self._roles[-1], self._hidden))

    def end(self, name: str) -> None:
        grammar = self._grammar
        self._skipped -= name in grammar.skipped
        self._counting -= name in grammar.text_in
        if name in grammar.paragraphs:
            self.found.extend(self._paragraphs.pop().spans(self._member))
        if name in grammar.roles:
            self._roles.pop()

    def text(self, data: str) -> None:
        if len(self._grammar.text_in) > 0 and self._counting == 0:
            return
        self._add(_SPACES.sub(" ", data) if self._grammar.collapses else data)

    def _add(self, text: str) -> None:
        if self._skipped == 0 and len(self._paragraphs) > 0:
            self._paragraphs[-1].add(self._roles[-1], text, hidden=self._hidden)
