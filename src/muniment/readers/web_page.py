"""HTML pages: the text a reader would see, a block at a time, and comments, which nobody sees.

- Places are `Chars` in the decoded source of the file, from the first to the last character of a
  block's markup, so a citation can be followed in the file itself; `text` is what is shown there.
- Scripts and styles give no text. Nothing is loaded.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from muniment.core import Chars, Part, Role, TextSpan
from muniment.readers.encodings import decoded, encoding_of
from muniment.readers.html_text import BLOCKS, SKIPPED
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
    markup = "".join(decoded(source.blocks(), encoding))
    collector = _Collector(markup)
    collector.feed(markup)
    collector.close()
    yield from collector.finished()


class _Collector(HTMLParser):
    """Gathers the text between block tags, with where it began and ended."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", markup))]
        self._length = len(markup)
        self._spans: list[TextSpan] = []
        self._texts: list[str] = []
        self._start = 0
        self._skipping = ""
        self._role = Role.BODY

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._boundary(tag)
        if tag in SKIPPED and self._skipping == "":
            self._skipping = tag
        if tag == "title":
            self._role = Role.TITLE

    def handle_endtag(self, tag: str) -> None:
        self._boundary(tag)
        if tag == self._skipping:
            self._skipping = ""
        if tag == "title":
            self._role = Role.BODY

    def handle_data(self, data: str) -> None:
        if self._skipping == "":
            if len(self._texts) == 0:
                if data.isspace():
                    return
                self._start = self._position()
            self._texts.append(data)

    def handle_comment(self, data: str) -> None:
        if not data.isspace() and data != "":
            start = self._position()
            end = min(self._length, start + len(data) + len("<!---->"))
            self._add(TextSpan(Chars(start, end), data.strip(), Role.COMMENT, hidden=True))

    def finished(self) -> list[TextSpan]:
        """Every span, once the page is closed."""
        self._flush(self._length)
        return self._spans

    def _boundary(self, tag: str) -> None:
        if tag in BLOCKS or tag in SKIPPED:
            self._flush(self._position())
        elif tag in _SPACING and len(self._texts) > 0:
            self._texts.append(" ")

    def _flush(self, end: int) -> None:
        text = _SPACES.sub(" ", "".join(self._texts)).strip()
        if text != "":
            self._add(TextSpan(Chars(self._start, max(end, self._start)), text, self._role))
        self._texts = []

    def _add(self, span: TextSpan) -> None:
        for offset in range(0, len(span.text), LONGEST_BLOCK):
            piece = span.text[offset : offset + LONGEST_BLOCK]
            self._spans.append(TextSpan(span.at, piece, span.role, span.hidden))

    def _position(self) -> int:
        line, column = self.getpos()
        return min(self._line_starts[line - 1] + column, self._length)


WEB_PAGE = Reader(name="html", version=1, media_types=("text/html",), read=read_page)
