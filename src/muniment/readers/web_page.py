"""HTML pages: the text a reader would see, a block at a time, and comments, which nobody sees.

- Places are `Chars` in the decoded source of the file, from the first to the last character of a
  block's markup, so a citation can be followed in the file itself; `text` is what is shown there.
- Scripts and styles give no text. Nothing is loaded.
"""

import html
import re
from collections.abc import Iterator

from muniment.core import Chars, Part, Role, TextSpan
from muniment.readers.encodings import decoded, encoding_of
from muniment.readers.html_text import BLOCKS, SKIPPED
from muniment.readers.markup_scan import Sort, Token, tokens
from muniment.readers.plain_text import encoding_parts
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError
from muniment.readers.source import Source
from muniment.readers.text_blocks import LONGEST_BLOCK

_LARGEST_PAGE = 1 << 27
_SPACING = frozenset(("td", "th", "br"))  # what stands apart on the page without ending a block
_SPACES = re.compile(r"[ \t\r\n\f]+")


def read_page(source: Source, _context: Context) -> Iterator[Part]:
    """The blocks of a page."""
    if source.size > _LARGEST_PAGE:
        raise RefusedError(f"a page of more than {_LARGEST_PAGE} bytes")
    encoding = encoding_of(source.blocks())
    yield from encoding_parts(encoding)
    page = _Page()
    for token in tokens("".join(decoded(source.blocks(), encoding))):
        yield from page.take(token)
    yield from page.block()


class _Page:
    """The block that is being gathered, and what surrounds it."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._start = self._end = 0
        self._skipping = ""
        self._role = Role.BODY

    def take(self, token: Token) -> Iterator[Part]:
        match token.sort:
            case Sort.TEXT:
                self._text(token)
            case Sort.COMMENT:
                at = Chars(token.start, token.end)
                yield from _spans(at, token.value.strip(), Role.COMMENT, hidden=True)
            case Sort.START | Sort.END:
                yield from self._tag(token)

    def _text(self, token: Token) -> None:
        if self._skipping != "" or (len(self._texts) == 0 and token.value.isspace()):
            return
        if len(self._texts) == 0:
            self._start = token.start
        self._texts.append(token.value)
        self._end = token.end

    def _tag(self, token: Token) -> Iterator[Part]:
        name = token.value
        if name in BLOCKS or name in SKIPPED:
            yield from self.block()
        elif name in _SPACING and len(self._texts) > 0:
            self._texts.append(" ")
        if token.sort is Sort.START and name in SKIPPED and self._skipping == "":
            self._skipping = name
        elif token.sort is Sort.END and name == self._skipping:
            self._skipping = ""
        if name == "title":
            self._role = Role.TITLE if token.sort is Sort.START else Role.BODY

    def block(self) -> Iterator[Part]:
        """What has been gathered, as spans; the next block begins empty."""
        text = _SPACES.sub(" ", html.unescape("".join(self._texts))).strip()
        self._texts = []
        yield from _spans(Chars(self._start, max(self._start, self._end)), text, self._role)


def _spans(at: Chars, text: str, role: Role, *, hidden: bool = False) -> Iterator[Part]:
    for offset in range(0, len(text), LONGEST_BLOCK):
        yield TextSpan(at, text[offset : offset + LONGEST_BLOCK], role, hidden)


WEB_PAGE = Reader(name="html", version=1, media_types=("text/html",), read=read_page)
