"""Binary Word documents written out by hand, as [MS-DOC] says: nothing and nobody is real.

WordDocument    FIB | text, 16-bit or 8-bit | page of character runs | pictures of drawings
1Table          piece table | table of runs | authors | comments | headers | drawings
"""

import struct
from collections.abc import Mapping, Sequence

from muniment.simulate.compound import Tree, compound_file

TEXT_AT = 0x800
_TABLES = 136
_PIECES, _RUNS, _AUTHORS, _OWNERS, _REFERENCES, _COMMENTS, _HEADERS = 33, 12, 51, 36, 4, 5, 11
_SAVED_BY, _DRAWINGS = 71, 50
DELETED, INSERTED, HIDDEN = b"\x00\x08\x01", b"\x01\x08\x01", b"\x3c\x08\x01"
SPECIAL, OBJECT = b"\x55\x08\x01", b"\x0a\x08\x01"


def by(author: int, dttm: int) -> bytes:
    """Who inserted it, and when."""
    return b"\x04\x48" + struct.pack("<H", author) + b"\x05\x68" + struct.pack("<I", dttm)


def picture_at(offset: int) -> bytes:
    """sprmCPicLocation."""
    return b"\x03\x6a" + struct.pack("<I", offset)


def dttm(year: int, month: int, day: int, hour: int, minute: int) -> int:
    return minute | hour << 6 | day << 11 | month << 16 | (year - 1900) << 20


def word_document(  # noqa: PLR0913 - the parts that a document may have
    stories: Sequence[str],
    runs: Sequence[tuple[int, int, bytes]] = (),
    *,
    eight_bit: bool = False,
    tables: Mapping[int, bytes] | None = None,
    streams: Tree | None = None,
    behind: Mapping[int, bytes] | None = None,
    more: str = "",
) -> bytes:
    """A Word 97 document: its stories in order, runs as (first position, last, properties).

    `behind` is what lies behind a table, outside its length; `more` what follows the text.
    """
    text = "".join(stories) + more
    raw = text.encode("cp1252") if eight_bit else text.encode("utf-16-le", "surrogatepass")
    width = 1 if eight_bit else 2
    fkp_at = -(-(TEXT_AT + len(raw)) // 512) * 512
    body = raw.ljust(fkp_at - TEXT_AT, b"\0") + _page_of_runs(runs, width)
    length = len(raw) // width
    offset = TEXT_AT * 2 | 0x40000000 if eight_bit else TEXT_AT
    pieces = struct.pack("<II", 0, length) + struct.pack("<HIH", 0, offset, 0)
    parts = {
        _PIECES: b"\x02" + struct.pack("<I", len(pieces)) + pieces,
        _RUNS: struct.pack("<III", TEXT_AT, TEXT_AT + len(raw), fkp_at // 512),
        **(tables or {}),
    }
    table, places = b"", [(0, 0)] * _TABLES
    for number, data in sorted(parts.items()):
        places[number] = (len(table), len(data))
        table += data + (behind or {}).get(number, b"")
    fib = _fib([len(story.encode("utf-16-le")) // 2 for story in stories], places)
    tree: dict[str, bytes | Tree] = {"WordDocument": fib.ljust(TEXT_AT, b"\0") + body}
    return compound_file({**tree, "1Table": table, **(streams or {})})


def _fib(lengths: Sequence[int], places: Sequence[tuple[int, int]]) -> bytes:
    base = struct.pack("<HHHHHHHI", 0xA5EC, 0xC1, 0, 0x0409, 0, 0x0200, 0, 0).ljust(32, b"\0")
    words = struct.pack("<H", 14) + bytes(28)
    longs = struct.pack("<H3I", 22, 0, 0, 0)
    longs += struct.pack("<8I", *lengths, *[0] * (8 - len(lengths)))
    longs = longs.ljust(2 + 88, b"\0")
    table = struct.pack("<H", len(places)) + b"".join(struct.pack("<II", *p) for p in places)
    return base + words + longs + table


def _page_of_runs(runs: Sequence[tuple[int, int, bytes]], width: int) -> bytes:
    """An FKP: plain runs between the marked ones."""
    bounds, lists = [0], []
    for first, last, properties in runs:
        if first > bounds[-1]:
            bounds.append(first)
            lists.append(b"")
        bounds.append(last)
        lists.append(properties)
    page = bytearray(512)
    struct.pack_into(f"<{len(bounds)}I", page, 0, *(TEXT_AT + width * at for at in bounds))
    at = 510
    for number, properties in enumerate(lists):
        if properties != b"":
            at = (at - len(properties) - 1) & ~1
            page[at] = len(properties)
            page[at + 1 : at + 1 + len(properties)] = properties
            page[4 * len(bounds) + number] = at // 2
    page[511] = len(lists)
    return bytes(page)


def strings(*values: str) -> bytes:
    """An STTB of UTF-16 strings."""
    written = b"".join(struct.pack("<H", len(v)) + v.encode("utf-16-le") for v in values)
    return b"\xff\xff" + struct.pack("<HH", len(values), 0) + written


def comments(*owners_and_ends: tuple[str, int]) -> dict[int, bytes]:
    """The tables that say who wrote which comment; ends are positions in the comments' story."""
    owners = b"".join(struct.pack("<H", len(o)) + o.encode("utf-16-le") for o, _ in owners_and_ends)
    count = len(owners_and_ends)
    references = struct.pack(f"<{count + 1}I", *range(count + 1))
    for number in range(count):
        references += bytes(20) + struct.pack("<H", number) + bytes(8)
    ends = [0, *(end for _, end in owners_and_ends)]
    texts = struct.pack(f"<{count + 2}I", *ends, ends[-1] + 1)
    return {_OWNERS: owners, _REFERENCES: references, _COMMENTS: texts}


def headers(*ends: int) -> dict[int, bytes]:
    """The table of header stories: where each ends, the six separators first."""
    return {_HEADERS: struct.pack(f"<{len(ends) + 2}I", 0, *ends, ends[-1] + 1)}


def authors(*names: str) -> dict[int, bytes]:
    return {_AUTHORS: strings(*names)}


def saved_by(*values: str) -> dict[int, bytes]:
    return {_SAVED_BY: strings(*values)}


def drawings(data: bytes) -> dict[int, bytes]:
    return {_DRAWINGS: data}


def art(kind: int, instance: int, body: bytes, version: int = 0) -> bytes:
    """An OfficeArt record."""
    return struct.pack("<HHI", instance << 4 | version, kind, len(body)) + body


def blip(picture: bytes) -> bytes:
    """A PNG blip."""
    return art(0xF01E, 0x6E0, bytes(16) + b"\xff" + picture)


def inline(picture: bytes) -> bytes:
    """A picture as the Data stream holds it (PICF and shape)."""
    body = art(0xF004, 0, b"", 0xF) + art(0xF007, 6, bytes(36) + blip(picture), 2)
    return struct.pack("<IHH", 68 + len(body), 68, 0x64) + bytes(60) + body


def packaged(name: bytes, data: bytes) -> bytes:
    """An Ole10Native stream of a packaged file."""
    body = struct.pack("<H", 2) + name + b"\0" + b"C:\\in\\" + name + b"\0"
    body += struct.pack("<HHI", 0, 3, 9) + b"C:\\t\\a.b\0" + struct.pack("<I", len(data)) + data
    return struct.pack("<I", len(body)) + body


def macro_container(text: bytes) -> bytes:
    """A compressed container ([MS-OVBA] §2.4.1) of literals only."""
    tokens = b"".join(b"\0" + text[at : at + 8] for at in range(0, len(text), 8))
    return b"\x01" + struct.pack("<H", 0xB000 | len(tokens) - 1) + tokens


def macro_project(name: bytes, source: bytes) -> Tree:
    """The VBA storage of a project with one module."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HI", kind, len(data)) + data

    directory = record(3, struct.pack("<H", 1251)) + record(0x19, name) + record(0x1A, name)
    directory += record(0x31, struct.pack("<I", 4)) + record(0x2B, b"")
    module = {name.decode("cp1251"): b"skip" + macro_container(source)}
    return {"VBA": {"dir": macro_container(directory), **module}}
