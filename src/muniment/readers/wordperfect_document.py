"""WordPerfect 5.x and 6 to X9: text by paragraph and cell, notes, headers, boxes, what was undone.

    FF "WPC"  start of the text:4  product  kind  version:2  key:2  list of packets:2 …

- Text stands at `Chars`, counted in the bytes of the file; a cell of a table says which it is.
- What undo keeps in the file is deleted text, and hidden; so is a note that nothing names any more.
- A file with a password is locked. Pictures and drawings are not read, and each says so.
- Macros and other files of the same signature, and the versions of the Macintosh, are refused.

Source: the format as libwpd and Apache Tika read it.
"""

import struct
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from muniment.core import Chars, Metadata, Part, Problem, Role, TextSpan
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import LockedError, RefusedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.text_blocks import LONGEST_BLOCK
from muniment.readers.wordperfect_five import tokens_of_five
from muniment.readers.wordperfect_signs import UNKNOWN
from muniment.readers.wordperfect_six import Packet, packets_of, tokens_of_six
from muniment.readers.wordperfect_tokens import Sort, Token

_HEAD = struct.Struct("<4sIBBBBHH")
_PRODUCT, _DOCUMENT = 1, 10
_FIVE, _SIX = 0, 2
_LARGEST = 1 << 28
_DEEPEST = 4  # a note in a box in a header …
_OTHER = (
    "a WordPerfect file of product {product}, kind {kind}, version {version}: no reader yet; "
    "LibreOffice may open it"
)
_MOST_DAMAGED = 100  # places of one document that are named

_Tokens = Callable[[bytes, int, int], Iterator[Token]]


def read_wordperfect(source: Source, _context: Context) -> Iterator[Part]:
    """The text of a document.

    Raises:
        LockedError: it is encrypted with a password.
        UnreadableError: it ends before its text.
        RefusedError: it is larger than can be read at once, or no document of these versions.
    """
    if source.size > _LARGEST:
        raise RefusedError(f"larger than {_LARGEST} bytes")
    data = source.read_all()
    if len(data) < _HEAD.size:
        raise UnreadableError("it ends before its text begins")
    _, start, product, kind, version, _, key, index = _HEAD.unpack_from(data)
    if key != 0:
        raise LockedError("a WordPerfect document that is encrypted with a password")
    if product != _PRODUCT or kind != _DOCUMENT or version not in (_FIVE, _SIX):
        raise RefusedError(_OTHER.format(product=product, kind=kind, version=version))
    if start > len(data):
        raise UnreadableError("it ends before its text begins")
    if version == _FIVE:
        yield from _Document(data, tokens_of_five, {}).parts(max(start, _HEAD.size))
        return
    packets = packets_of(data, index)
    tokens = partial(tokens_of_six, packets=packets)
    yield from _Document(data, tokens, packets).parts(max(start, _HEAD.size))


class _Document:
    """The text of one document, and what is told at its end."""

    def __init__(self, data: bytes, tokens: _Tokens, packets: dict[int, Packet]) -> None:
        self._data, self._tokens = data, tokens
        self._waiting = {(packet.start, packet.end) for packet in packets.values()}
        self._tables = 0
        self._damaged = 0
        self._unknown = 0

    def parts(self, start: int) -> Iterator[Part]:
        """The text from byte `start`, then what no function names, then what is not known."""
        yield from self._story(start, len(self._data), Role.BODY, 0)
        for inner in sorted(self._waiting):
            yield from self._story(*inner, Role.DELETED, _DEEPEST)
        at = Chars(start, len(self._data))
        if self._damaged > _MOST_DAMAGED:
            message = f"{self._damaged} functions are damaged; {_MOST_DAMAGED} are named"
            yield Problem(at, "part-damaged", message)
        if self._unknown > 0:
            message = (
                f"{self._unknown} characters of sets that are not known here stand as {UNKNOWN}"
            )
            yield Problem(at, "undecodable-bytes", message)

    def _story(self, start: int, end: int, role: Role, depth: int) -> Iterator[Part]:
        """A text from its first byte to its last; those that it names follow their paragraph."""
        held = _Paragraph(role)
        named: list[Token] = []
        for token in self._tokens(self._data, start, end):
            if token.sort is Sort.LETTERS:
                if held.is_full:
                    yield from self._ended(held)
                held.add(token)
            elif token.sort is Sort.STORY:
                named.append(token)
            elif token.sort in (Sort.DAMAGED, Sort.NOT_READ):
                yield from self._trouble(token)
            elif token.sort is Sort.PARAGRAPH and held.row > 0:
                held.add(token, "\n")
            else:
                yield from self._ended(held)
                yield from self._named(named, depth)
                named = []
                self._turn(held, token, role)
        yield from self._ended(held)
        yield from self._named(named, depth)

    def _turn(self, held: "_Paragraph", token: Token, role: Role) -> None:
        """What follows this token stands elsewhere, or is something else."""
        match token.sort:
            case Sort.ROW | Sort.CELL:
                self._tables += int(held.row == 0)
                held.next_cell(self._tables, row=token.sort is Sort.ROW)
            case Sort.TABLE_END:
                held.row = 0
            case Sort.DELETED:
                held.role = Role.DELETED
            case Sort.RESTORED:
                held.role = role
            case _:
                pass  # a paragraph has ended

    def _named(self, named: Iterable[Token], depth: int) -> Iterator[Part]:
        for token in named:
            self._waiting.discard(token.inner)
            if depth < _DEEPEST:
                yield from self._story(*token.inner, token.role, depth + 1)
            else:
                at = Chars(token.start, token.end)
                yield Problem(
                    at, "nested-too-deep", f"texts within texts, more than {_DEEPEST} deep"
                )

    def _ended(self, held: "_Paragraph") -> Iterator[Part]:
        self._unknown += held.text.count(UNKNOWN)
        yield from held.parts()
        held.clear()

    def _trouble(self, token: Token) -> Iterator[Problem]:
        at = Chars(token.start, token.end)
        if token.sort is Sort.NOT_READ:
            yield Problem(at, "drawing-not-read", f"{token.text} is not read")
            return
        self._damaged += 1
        if self._damaged <= _MOST_DAMAGED:
            message = "a function whose two ends disagree; text beside it may be its inside"
            yield Problem(at, "part-damaged", message)


class _Paragraph:
    """Letters that belong together, and where they stand."""

    def __init__(self, role: Role) -> None:
        self.role = role
        self.row = 0  # of a table, from 1
        self._cell, self._column = "", 0
        self._pieces: list[str] = []
        self._letters = self._start = self._end = 0

    @property
    def text(self) -> str:
        """The letters so far."""
        return "".join(self._pieces)

    @property
    def is_full(self) -> bool:
        """Whether it is as long as a part may be."""
        return self._letters >= LONGEST_BLOCK

    def add(self, token: Token, text: str = "") -> None:
        """The letters of a token, or these for it."""
        if len(self._pieces) == 0:
            self._start = token.start
        self._pieces.append(text or token.text)
        self._letters += len(self._pieces[-1])
        self._end = token.end

    def parts(self) -> Iterator[Part]:
        """The paragraph, or the cell and which one it is; nothing where nothing is written."""
        text = self.text.strip()
        if text == "":
            return
        at = Chars(self._start, self._end)
        if self.row > 0:
            yield Metadata(at, "cell", self._cell)
        yield TextSpan(at, text, self.role, hidden=self.role is Role.DELETED)

    def next_cell(self, table: int, *, row: bool) -> None:
        """The next cell begins; a row begins with its first cell."""
        if row or self.row == 0:
            self.row, self._column = self.row + 1, 0
        self._column += 1
        self._cell = f"table {table}: row {self.row}, column {self._column}"

    def clear(self) -> None:
        """Begin again, in the same role and cell."""
        self._pieces = []
        self._letters = 0


WORDPERFECT = Reader(
    name="wordperfect",
    version=1,
    media_types=("application/vnd.wordperfect",),
    read=read_wordperfect,
)
