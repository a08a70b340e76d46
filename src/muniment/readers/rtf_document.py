"""Rich Text Format: text with its roles and changes, properties, pictures, objects.

- A place is `Chars` in the file read as ISO 8859-1, that is, a range of its bytes: anybody can
  look there with nothing but an editor. The text is what those bytes say, decoded.
- Text that only RTF readers shall see (`htmlrtf`) is not text of the mail whose HTML lies in the
  RTF ([MS-OXRTFEX]); its tags are markup, hidden.
- A file is read in passing; only a picture or an object is held whole.

Source: Rich Text Format Specification 1.9.1.
"""

from collections.abc import Iterable, Iterator

from muniment.core import Chars, Metadata, Part, Problem, Role, Tally, Whole
from muniment.readers.embedded_files import Found, embedded_file
from muniment.readers.reader import Context, Reader
from muniment.readers.rtf_charsets import page_of_charset
from muniment.readers.rtf_groups import Capture, Collector, Group, HexData
from muniment.readers.rtf_objects import PICTURE_WORDS, object_files, picture
from muniment.readers.rtf_stories import Story
from muniment.readers.rtf_tokens import Kind, Token, tokens_of
from muniment.readers.rtf_words import (
    CAPTURES,
    DATE_PARTS,
    DATES,
    ENDS,
    HEX,
    LETTERS,
    MARKUP,
    NUMBERS,
    PAGES,
    SKIPPED,
    STORIES,
    TABLES,
    TRANSPARENT,
)
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source
from muniment.readers.word_binary_stories import moment

_START = b"{\\rt"
_BEFORE = b"\xef\xbb\xbf \t\r\n\0"
_DEEPEST = 5_000
_QUIET = frozenset((b"info", b"sv", b"sp"))  # nothing in them is text, but further in it may be
_PAGE_WORDS = frozenset((b"f", b"plain", b"deff", b"fcharset", b"cpg", b"ansicpg"))
_UNSTARRED = frozenset((b"template", b"propname", b"staticval"))
_SWITCHES = {b"v": "hidden", b"deleted": "deleted", b"revised": "inserted"}
_REVISIONS = (b"revauth", b"revdttm", b"revauthdel", b"revdttmdel")
# Every word that is looked at below, where it does not stand behind \\*.
_MEANT = frozenset(
    (
        *(*ENDS, *LETTERS, *_SWITCHES, *NUMBERS, *STORIES, *MARKUP, *TABLES, *_QUIET, *DATES),
        *(*CAPTURES, *HEX, *SKIPPED, *_PAGE_WORDS, *PAGES, *PICTURE_WORDS, *DATE_PARTS),
        *(*_REVISIONS, b"ud", b"upr", b"uc", b"fromhtml", b"htmlrtf"),
    )
)


def read_rtf(source: Source, context: Context) -> Iterator[Part]:
    """The text, properties and embedded files of an RTF file.

    Raises:
        UnreadableError: it does not begin as RTF.
    """
    if not _is_rtf(source.read_at(0, 64)):
        raise UnreadableError("it does not begin as RTF")
    reading = _Reading(context)
    for token in tokens_of(source):
        yield from reading.take(token)
    yield from reading.end()


def _is_rtf(head: bytes) -> bool:
    return head.lstrip(_BEFORE).startswith(_START)


class _Reading:
    """Where the reading stands: the open groups, the fonts, what is being counted."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._authors: list[str] = []
        self._body = Story(self._authors)
        self._group = Group(self._body)
        self._stack: list[Group] = []
        self._too_deep = 0
        self._skip = 0  # fallback characters still to be passed over
        self._page = 1252
        self._font_pages: dict[int, int] = {}
        self._default_font = 0
        self._font = 0
        self._children = 0
        self._picture = b""
        self._property = ""
        self._date: dict[bytes, int] = {}
        self._is_html = False

    def take(self, token: Token) -> Iterable[Part]:
        """What a token completes; for most of them, nothing."""
        kind = token.kind
        if kind is Kind.WORD:
            return self._word(token)
        if kind is Kind.CLOSE:
            return self._close(token)
        if kind is Kind.SYMBOL:
            return self._symbol(token)
        if kind is Kind.TEXT:
            self._text(token)
        elif kind is Kind.OPEN:
            self._open(token)
        else:
            self._group.collector.data(token.value)
        return ()

    def end(self) -> Iterator[Part]:
        """What was still open when the file ended."""
        if len(self._stack) > 0:
            yield Problem(Whole(), "text-missing", "the file ends inside a group")
        while len(self._stack) > 0:
            group, self._group = self._group, self._stack.pop()
            if isinstance(group.collector, Story) and group.collector is not self._body:
                yield from _ended(group.collector)
        yield from _ended(self._body)
        if self._children > 0:
            yield Tally(Whole(), "embedded", self._children)

    def _open(self, token: Token) -> None:
        self._skip = 0
        if len(self._stack) >= _DEEPEST:
            self._too_deep += 1
            return
        self._stack.append(self._group)
        self._group = self._group.inside(token.start)

    def _close(self, token: Token) -> Iterable[Part]:
        self._skip = 0
        if self._too_deep > 0:
            self._too_deep -= 1
            return ()
        if len(self._stack) == 0:
            return ()
        group, self._group = self._group, self._stack.pop()
        if group.opened == b"":
            return ()
        return self._finish(group, Chars(group.start, token.end))

    def _finish(self, group: Group, at: Chars) -> Iterator[Part]:
        """The end of a destination."""
        collector, opened = group.collector, group.opened
        if isinstance(collector, Story):
            yield from _ended(collector)
        elif isinstance(collector, Capture):
            yield from self._stated(opened, collector.written, at)
        elif isinstance(collector, HexData):
            yield from self._files(opened, collector, at)
        elif opened in DATES:
            yield from self._dated(opened, at)

    def _stated(self, opened: bytes, written: str, at: Chars) -> Iterator[Part]:
        if opened == b"revtbl":
            self._authors += [name.strip() for name in written.rstrip(";").split(";")]
        elif opened == b"propname":
            self._property = written
        elif opened == b"atndate":
            if (when := _when(written)) != "":
                yield Metadata(at, CAPTURES[opened], when)
        elif written != "":
            name = CAPTURES[opened] or self._property or "property"
            yield Metadata(at, name, written.rstrip(";") if opened == b"generator" else written)

    def _files(self, opened: bytes, collector: HexData, at: Chars) -> Iterator[Part]:
        data = collector.written
        if len(data) == 0:
            return
        if opened == b"pict":
            found: list[Found] = [picture(at, self._picture, data, self._children + 1)]
        else:
            found = list(object_files(at, data))
        for file in found:
            self._children += 1
            yield embedded_file(file, self._children - 1, self._context)

    def _dated(self, opened: bytes, at: Chars) -> Iterator[Part]:
        year, month, day, hour, minute, second = (self._date.get(p, 0) for p in DATE_PARTS)
        self._date = {}
        if year > 0:
            seconds = f":{second:02d}" if second > 0 else ""
            written = f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}{seconds}"
            yield Metadata(at, DATES[opened], written)

    def _text(self, token: Token) -> None:
        raw, start = token.value, token.start
        if self._skip > 0:
            passed = min(self._skip, len(raw))
            self._skip -= passed
            raw, start = raw[passed:], start + passed
            if len(raw) == 0:
                return
        group = self._group
        group.fresh = False
        if group.html_only and self._is_html:
            return
        if group.table != b"" and not isinstance(group.collector, Capture):
            return
        group.collector.text(group, raw, start, token.end)

    def _symbol(self, token: Token) -> Iterator[Part]:
        symbol, group = token.value, self._group
        if symbol == b"*":
            group.starred = True
        elif symbol in (b"\r", b"\n"):
            yield from self._paragraph()
        elif self._skip > 0:
            self._skip -= 1
        elif symbol in LETTERS:
            group.collector.letter(group, LETTERS[symbol], token.start, token.end)

    def _paragraph(self) -> Iterator[Part]:
        collector = self._group.collector
        if isinstance(collector, Story):
            collector.interrupt()
            yield from collector.spans()
        elif isinstance(collector, Capture):
            collector.letter(self._group, " ", 0, 0)

    def _word(self, token: Token) -> Iterable[Part]:
        word, number, group = token.value, token.number, self._group
        if word == b"u" and number is not None:
            self._unicode(number, token)
            return ()
        if self._skip > 0:
            self._skip -= 1
            return ()
        if not group.starred and word not in _MEANT:
            return ()  # most words set what letters look like
        found: Iterable[Part] = ()
        if word in ENDS:
            found = self._paragraph()
        elif word in LETTERS:
            if not (self._is_html and group.html_only and word not in (b"line", b"tab")):
                group.collector.letter(group, LETTERS[word], token.start, token.end)
        elif word in _SWITCHES:
            setattr(group, _SWITCHES[word], number != 0)
        elif word in NUMBERS and number is not None and number > 0 and self._in_info():
            found = (Metadata(Chars(token.start, token.end), NUMBERS[word], str(number)),)
        elif group.opened != b"" or not self._opens(word):
            self._setting(word, number)
        group.starred = False
        return found

    def _in_info(self) -> bool:
        return any(group.opened == b"info" for group in self._stack[-3:]) or (
            self._group.opened == b"info"
        )

    def _unicode(self, number: int, token: Token) -> None:
        group = self._group
        self._skip = group.fallbacks
        code = number & 0xFFFF if number < 0 else number
        if group.html_only and self._is_html:
            return
        if group.table != b"" and not isinstance(group.collector, Capture):
            return
        if code <= 0x10FFFF:  # noqa: PLR2004 - the last code point of Unicode
            group.collector.letter(group, chr(code), token.start, token.end)

    def _opens(self, word: bytes) -> bool:
        """Whether the word opens a destination in this group, which it then does."""
        group = self._group
        if isinstance(group.collector, _Nothing):
            return False
        if word in STORIES:
            self._story(word, STORIES[word], hidden=group.hidden)
        elif word in MARKUP:
            self._story(word, Role.MARKUP, hidden=True)
        elif word == b"ud" and isinstance(group.collector, _Twice):
            group.collector = group.collector.outer
        else:
            collector = self._collector(word)
            if collector is None:
                return False
            group.opened, group.collector = word, collector
        return True

    def _collector(self, word: bytes) -> Collector | None:
        """What takes the contents of a destination that is no text; None where it is none."""
        group = self._group
        if word in TABLES:
            group.table = word
            return Capture() if word == b"revtbl" else Collector()
        if word in _QUIET or word in DATES:
            return Collector()
        if word in CAPTURES and (group.starred or self._in_info() or word in _UNSTARRED):
            return Capture()
        if word in HEX:
            self._interrupt_outer()
            self._picture = b""
            return HexData()
        if word == b"upr":
            return _Twice(group.collector)
        if word in SKIPPED or (group.starred and group.fresh and word not in TRANSPARENT):
            return _Nothing()
        return None

    def _story(self, word: bytes, role: Role, *, hidden: bool) -> None:
        group = self._group
        if word != b"htmltag":
            self._interrupt_outer()
        group.opened, group.collector = word, Story(self._authors)
        group.role, group.hidden = role, hidden
        group.html_only = False

    def _interrupt_outer(self) -> None:
        """What stands inside a paragraph parts it, so that spans do not overlap."""
        outer = self._stack[-1].collector if len(self._stack) > 0 else self._body
        if isinstance(outer, Story):
            outer.interrupt()

    def _setting(self, word: bytes, number: int | None) -> None:
        group = self._group
        if word in _PAGE_WORDS or word in PAGES:
            self._page_setting(word, number)
        elif word == b"uc":
            group.fallbacks = min(max(number or 0, 0), 16)
        elif word in PICTURE_WORDS:
            self._picture = word
        elif word == b"fromhtml":
            self._is_html = number != 0
        elif word == b"htmlrtf":
            group.html_only = number != 0
        elif word in DATE_PARTS:
            self._date[word] = max(0, number or 0)
        else:
            self._revision(word, number or 0)

    def _page_setting(self, word: bytes, number: int | None) -> None:
        """Fonts and code pages: of the document, of a font, of the text from here on."""
        group = self._group
        in_fonts = group.table == b"fonttbl"
        if word == b"f" and number is not None:
            self._select_font(number)
        elif word == b"plain":
            group.plain()
            group.page = self._font_pages.get(self._default_font, self._page)
        elif word == b"deff":
            self._default_font = number or 0
        elif word == b"fcharset" and in_fonts:
            self._font_pages[self._font] = page_of_charset(number or 0, self._page)
        elif word == b"cpg" and in_fonts and number is not None:
            self._font_pages[self._font] = number
        elif word == b"ansicpg" and number is not None and number > 0:
            self._document_page(number)
        elif word in PAGES:
            self._document_page(PAGES[word])

    def _revision(self, word: bytes, number: int) -> None:
        group = self._group
        if word == b"revauth":
            group.changed_by = (number, group.changed_by[1])
        elif word == b"revdttm":
            group.changed_by = (group.changed_by[0], number)
        elif word == b"revauthdel":
            group.deleted_by = (number, group.deleted_by[1])
        elif word == b"revdttmdel":
            group.deleted_by = (group.deleted_by[0], number)

    def _select_font(self, number: int) -> None:
        if self._group.table == b"fonttbl":
            self._font = number
        else:
            self._group.page = self._font_pages.get(number, self._page)

    def _document_page(self, page: int) -> None:
        self._page = page
        self._group.page = page


class _Nothing(Collector):
    """Takes nothing, and no destination inside it is opened."""


class _Twice(Collector):
    """A destination in two forms, the second in Unicode: the first is passed over."""

    def __init__(self, outer: Collector) -> None:
        self.outer = outer


def _ended(story: Story) -> Iterator[Part]:
    story.interrupt()
    yield from story.spans()


def _when(written: str) -> str:
    try:
        return moment(int(written) & 0xFFFFFFFF)
    except ValueError:
        return ""


RTF_DOCUMENT = Reader(
    name="rtf",
    version=1,
    media_types=("application/rtf", "text/rtf"),
    read=read_rtf,
    recognises=_is_rtf,
    begins=rb"[\xef\xbb\xbf \t\r\n\0]*\{\\rt",
)
