"""What a SQL statement says: the table it fills, its columns, and the values of each row.

- Values are as written, without their quotes and escapes; an expression is kept as its text.
"""

import re
from collections.abc import Iterator

import msgspec

_NAME = r"(?:`[^`]+`|\"[^\"]+\"|\[[^\]]+\]|[^\s(.`\"\[\],;]+)"
_QUALIFIED = rf"{_NAME}(?:\s*\.\s*{_NAME}){{0,3}}"
_INSERT = re.compile(
    rf"(?:INSERT|REPLACE)\s+(?:(?:INTO|IGNORE|OR\s+\w+|LOW_PRIORITY|DELAYED)\s+)*(?P<table>{_QUALIFIED})"
    rf"\s*(?:\((?P<columns>[^()]*)\)\s*)?(?:OVERRIDING\s+\w+\s+VALUE\s+)?VALUES?\s*(?=\()",
    re.IGNORECASE,
)
_COPY = re.compile(
    rf"COPY\s+(?P<table>{_QUALIFIED})\s*(?:\((?P<columns>[^()]*)\))?\s*FROM\s+stdin", re.IGNORECASE
)
_CREATE = re.compile(
    rf"CREATE\s+(?:\w+\s+)*?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?P<table>{_QUALIFIED})\s*\(",
    re.IGNORECASE,
)
_COLUMN = re.compile(rf"\s*(?P<name>{_NAME})\s+(?P<type>[^,(]*(?:\([^)]*\))?)", re.DOTALL)
_NO_COLUMNS = frozenset(
    ("primary", "key", "unique", "constraint", "index", "foreign", "check", "fulltext", "spatial")
)
_STRINGS = {True: r"'(?:[^'\\]|\\.|'')*'", False: r"'(?:[^']|'')*'"}
_VALUE = r"""\s*(?:
    (?P<hex>[xX]'[0-9a-fA-F]*' | 0x[0-9a-fA-F]+)
  | (?:[NnEeBb]|_\w+\s+)?(?P<string>{string})
  | (?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)
  | (?P<word>\w+)
  )\s*(?P<end>[,)])"""
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "Z": "\x1a"}
_BACKSLASH = re.compile(r"\\(.)", re.DOTALL)
_COPY_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}


class Written(msgspec.Struct, frozen=True):
    """One value: `kind` is string, number, word, hex or expression."""

    kind: str
    text: str


class Filling(msgspec.Struct, frozen=True):
    """The head of an INSERT or COPY; `at` is where its values begin in the statement."""

    table: str
    columns: tuple[str, ...]
    start: int
    at: int


def insert_in(statement: str, position: int) -> Filling | None:
    """The next INSERT at or behind this position."""
    return _filling(_INSERT.search(statement, position))


def copy_in(statement: str) -> Filling | None:
    """The COPY that this statement is."""
    return _filling(_COPY.match(statement))


def created_in(statement: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """The table that this statement makes, and its columns with their types."""
    found = _CREATE.search(statement[:4_000])
    if found is None:
        return None
    columns = []
    for line in _at_top(statement[found.end() :]):
        match = _COLUMN.match(line)
        if match is not None and match["name"].lower() not in _NO_COLUMNS:
            columns.append((_plain(match["name"]), " ".join(match["type"].split())))
    return _table(found["table"]), tuple(columns)


def rows_in(statement: str, position: int, *, mysql: bool) -> Iterator[tuple[int, list[Written]]]:
    """The rows of an INSERT from the bracket at this position, each with where it ends."""
    value = re.compile(_VALUE.format(string=_STRINGS[mysql]), re.VERBOSE | re.DOTALL)
    while position < len(statement) and statement[position] == "(":
        row: list[Written] = []
        position += 1
        while True:
            match = value.match(statement, position)
            if match is None:
                text, position, end = _expression(statement, position, mysql=mysql)
                row.append(Written("expression", text))
            else:
                position, end = match.end(), match["end"]
                row.append(_written(match, mysql=mysql))
            if end != ",":
                break
        yield position, row
        position = _behind_comma(statement, position)


def copied_row(line: str) -> list[Written]:
    """The values of one line of a COPY in text format."""
    return [
        Written("word", "NULL")
        if field == "\\N"
        else Written("string", _BACKSLASH.sub(lambda m: _COPY_ESCAPES.get(m[1], m[1]), field))
        for field in line.split("\t")
    ]


def _filling(match: re.Match[str] | None) -> Filling | None:
    if match is None:
        return None
    columns = tuple(_plain(name) for name in (match["columns"] or "").split(",") if name.strip())
    return Filling(_table(match["table"]), columns, match.start(), match.end())


def _written(match: re.Match[str], *, mysql: bool) -> Written:
    if match["string"] is not None:
        text = match["string"][1:-1].replace("''", "'")
        if mysql:
            text = _BACKSLASH.sub(lambda m: _ESCAPES.get(m[1], m[1]), text)
        return Written("string", text)
    if match["hex"] is not None:
        return Written("hex", match["hex"][2:].strip("'"))
    kind = "number" if match["number"] is not None else "word"
    return Written(kind, match[kind])


def _expression(statement: str, position: int, *, mysql: bool) -> tuple[str, int, str]:
    """A value that is computed: its text up to the comma or bracket that ends it."""
    token = re.compile(rf"{_STRINGS[mysql]}|[(),]|[^'(),]+|.", re.DOTALL)
    start, depth = position, 0
    while (match := token.match(statement, position)) is not None:
        if match[0] == "(":
            depth += 1
        elif match[0] == ")" or (match[0] == "," and depth == 0):
            if depth == 0:
                return statement[start:position].strip(), match.end(), match[0]
            depth -= 1
        position = match.end()
    return statement[start:position].strip(), position, ""


def _behind_comma(statement: str, position: int) -> int:
    rest = re.compile(r"\s*,\s*").match(statement, position)
    return len(statement) if rest is None else rest.end()


def _at_top(text: str) -> Iterator[str]:
    """The pieces between the commas that stand in no bracket, up to the closing one."""
    depth = start = 0
    for match in re.finditer(r"'[^']*'|[(),]", text):
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            depth -= 1
        elif match[0] != "," or depth > 0:
            continue
        if depth < 0 or (match[0] == "," and depth == 0):
            yield text[start : match.start()]
            start = match.end()
        if depth < 0:
            return


def _table(written: str) -> str:
    return ".".join(_plain(name) for name in re.findall(_NAME, written))


def _plain(name: str) -> str:
    name = name.strip()
    return name[1:-1] if name[:1] in ("`", '"', "[") else name
