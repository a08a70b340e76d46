"""Text of an RTF destination, as spans: a paragraph, a cell, or a stretch of one.

- A span goes from its first to its last character in the source; what stands between them there
  (control words, braces) sets the same text.
- Bytes are decoded together as long as the code page stays, for a character may take two.
"""

from collections.abc import Iterator

from muniment.core import Chars, Metadata, Part, Role, TextSpan
from muniment.readers.code_pages import decode_page
from muniment.readers.rtf_groups import Collector, Group, joined
from muniment.readers.text_blocks import LONGEST_BLOCK
from muniment.readers.word_binary_stories import moment

Shape = tuple[Role, bool, tuple[int, int], tuple[int, int]]
_NOBODY = (0, 0)


class _Stretch:
    """Text of one shape: pieces already decoded, and bytes that are not yet."""

    def __init__(self, shape: Shape, page: int, start: int) -> None:
        self.shape = shape
        self.page = page
        self.start = start
        self.end = start
        self.length = 0
        self._pieces: list[str] = []
        self._raw = bytearray()

    def add(self, raw: bytes, page: int, end: int) -> None:
        if page != self.page:
            self._decode()
            self.page = page
        self._raw += raw
        self.length += len(raw)
        self.end = end

    def add_letter(self, letter: str, end: int) -> None:
        self._decode()
        self._pieces.append(letter)
        self.length += 1
        self.end = end

    @property
    def text(self) -> str:
        self._decode()
        return joined("".join(self._pieces)).replace("\0", "")

    def _decode(self) -> None:
        if len(self._raw) > 0:
            self._pieces.append(decode_page(bytes(self._raw), self.page))
            self._raw.clear()


class Story(Collector):
    """Collects a destination's text; `spans` gives what has been completed."""

    def __init__(self, authors: list[str]) -> None:
        self._authors = authors
        self._stretch: _Stretch | None = None
        self._done: list[Part] = []

    def text(self, group: Group, raw: bytes, start: int, end: int) -> None:
        self._at(group, start).add(raw, group.page, end)

    def letter(self, group: Group, letter: str, start: int, end: int) -> None:
        self._at(group, start).add_letter(letter, end)

    def interrupt(self) -> None:
        """End the span: a paragraph ends, or something else stands here."""
        stretch, self._stretch = self._stretch, None
        if stretch is None:
            return
        text = stretch.text
        if text == "" or text.isspace():
            return
        at = Chars(stretch.start, stretch.end)
        role, hidden, inserted, deleted = stretch.shape
        self._done += _changes(at, inserted, deleted, self._authors)
        self._done.append(TextSpan(at, text, role, hidden))

    def spans(self) -> Iterator[Part]:
        """What has been completed since the last call."""
        done, self._done = self._done, []
        yield from done

    def _at(self, group: Group, start: int) -> _Stretch:
        """The stretch that a character at `start` belongs to."""
        shape = _shape(group)
        held = self._stretch
        if held is not None and (held.shape != shape or held.length > LONGEST_BLOCK):
            self.interrupt()
            held = None
        if held is None:
            held = self._stretch = _Stretch(shape, group.page, start)
        return held


def _shape(group: Group) -> Shape:
    if group.deleted:
        return Role.DELETED, group.hidden, _NOBODY, group.deleted_by
    if group.inserted:
        return Role.INSERTED, group.hidden, group.changed_by, _NOBODY
    return group.role, group.hidden, _NOBODY, _NOBODY


def _changes(
    at: Chars, inserted: tuple[int, int], deleted: tuple[int, int], authors: list[str]
) -> Iterator[Metadata]:
    for kind, (author, when) in (("ins", inserted), ("del", deleted)):
        name = authors[author] if 0 <= author < len(authors) else ""
        said = f"{name} {moment(when & 0xFFFFFFFF)}".strip()
        if (author, when) != _NOBODY and said != "":
            yield Metadata(at, f"{kind} by", said)
