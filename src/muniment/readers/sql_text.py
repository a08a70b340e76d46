r"""Cuts a SQL dump into its statements, with exact positions, while it is being decoded.

- `text[start : start + len(statement)]` is the statement, counted in code points of the text.
- A semicolon in quotes or comments ends nothing; where a batch ends with GO, that ends it too.
- The data lines behind `COPY … FROM stdin;` (PostgreSQL) come one by one, up to `\.`.
- Backslashes escape in the dialect of MySQL only; which one it is, is seen at the beginning.
"""

import re
from collections.abc import Iterator

import msgspec

from muniment.readers.signals import RefusedError

_LONGEST = 1 << 26  # code points of one statement
_COPY = re.compile(r"\s*COPY\s.+\sFROM\s+stdin\b", re.IGNORECASE | re.DOTALL)
_MYSQL = re.compile(r"MySQL|MariaDB|phpMyAdmin|`", re.IGNORECASE)
_TOKENS = r"""
    {string} | "[^"]*" | `[^`]*` | --[^\n]*\n | /\*.*?\*/ | [^'"`;\-/\n]+
    | (?P<end>;) | \nGO[ \t]*\r?(?=\n) | \n | -(?!-) | /(?!\*)
"""
_PLAIN_STRING, _MYSQL_STRING = r"'[^']*'", r"'(?:[^'\\]|\\.)*'"


_SIGN = re.compile(
    r"^(?:INSERT\s+(?:INTO\s+)?[\w`\"\[].{0,300}?\bVALUES?\b|CREATE\s+TABLE\s+[\w`\"\[]"
    r"|COPY\s[^;]{1,2000}\sFROM\s+stdin;|-- (?:MySQL|MariaDB) dump|-- PostgreSQL database dump)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)


_COMMENTS = re.compile(r"\ufeff?(?:\s|--[^\n]*\n|#[^\n]*\n|/\*.*?\*/;?)*+", re.DOTALL)
_FIRST = re.compile(
    r"(?:CREATE|INSERT|REPLACE|SET|DROP|BEGIN|PRAGMA|USE|COPY|LOCK|ALTER|START|SELECT|DELETE|IF|GO)\b",
    re.IGNORECASE,
)


def is_sql(text: str) -> bool:
    """Whether a text begins as a dump does: with a command, and a table that is made or filled."""
    behind = _COMMENTS.match(text)
    first = 0 if behind is None else behind.end()
    return _FIRST.match(text, first) is not None and _SIGN.search(text) is not None


class Statement(msgspec.Struct, frozen=True):
    """A statement, or one data line of a COPY (`is_row`); `start` is in code points."""

    start: int
    text: str
    is_row: bool = False


def is_mysql(head: str) -> bool:
    """Whether this beginning of a dump is of the dialect in which backslashes escape."""
    return _MYSQL.search(head) is not None


def statements(pieces: Iterator[str], *, mysql: bool) -> Iterator[Statement]:
    """The statements of a dump, and the rows of its COPY blocks.

    Raises:
        RefusedError: a statement is longer than 64 Mi code points.
    """
    yield from _Cutter(pieces, mysql=mysql).run()


class _Cutter:
    def __init__(self, pieces: Iterator[str], *, mysql: bool) -> None:
        string = _MYSQL_STRING if mysql else _PLAIN_STRING
        self._token = re.compile(_TOKENS.format(string=string), re.VERBOSE | re.DOTALL)
        self._pieces = pieces
        self._held = ""
        self._start = 0  # of what is held, in the text

    def run(self) -> Iterator[Statement]:
        at = 0  # up to here what is held has been looked at
        while True:
            end = self._end(at)
            if end is not None:
                statement = self._taken(end)
                at = 0
                yield statement
                if _COPY.match(statement.text) is not None:
                    yield from self._rows()
                continue
            at = self._at
            if not self._more():
                break
        if self._held.strip() != "":
            yield self._taken(len(self._held))

    def _end(self, at: int) -> int | None:
        """Where the statement ends; None (and how far was looked) where more is needed."""
        held, match = self._held, self._token.match
        last = len(held)
        while at < last:
            token = match(held, at)
            if token is None or (token.end() == last and token["end"] is None):
                break  # it may go on
            at = token.end()
            if token["end"] is not None or held.startswith("\nGO", token.start()):
                return at
        self._at = at
        return None

    def _more(self) -> bool:
        """Hold more text: as much again as the token that is not whole, so that it ends soon."""
        wanted = max(1, len(self._held) - self._at)
        new = []
        while wanted > 0:
            piece = next(self._pieces, None)
            if piece is None:
                break
            new.append(piece)
            wanted -= len(piece)
        if len(self._held) > _LONGEST:
            raise RefusedError(f"a statement is longer than {_LONGEST} characters")
        self._held += "".join(new)
        return len(new) > 0

    def _taken(self, end: int) -> Statement:
        text = self._held[:end]
        blank = len(text) - len(text.lstrip())
        statement = Statement(self._start + blank, text[blank:].rstrip())
        self._held = self._held[end:]
        self._start += end
        return statement

    def _rows(self) -> Iterator[Statement]:
        first = True
        while True:
            self._at = 0
            while "\n" not in self._held and self._more():
                pass
            line, newline, rest = self._held.partition("\n")
            start = self._start
            self._held, self._start = rest, start + len(line) + len(newline)
            line = line.removesuffix("\r")
            if line == "\\." or (newline == "" and line == ""):
                return
            if not (first and line == ""):  # what is left of the line of the statement
                yield Statement(start, line, is_row=True)
            first = False
