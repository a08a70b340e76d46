"""The numbers of lists: worked out as Word does, where the paragraph they belong to starts."""

import struct
from pathlib import Path

import pytest

from muniment.core import Chars, TextSpan
from muniment.readers.word_list_numbers import SOURCE, number_as
from tests.readers import word_binary_samples as doc
from tests.readers.contract import read_bytes

_TEXT = "One\rTwo\rDeeper\rThree\rplain\r"


def _level(start: int, kind: int, pattern: str, flags: int = 0) -> bytes:
    head = struct.pack("<iBB", start, kind, flags) + bytes(18) + bytes(4)
    return head + struct.pack("<H", len(pattern)) + pattern.encode("utf-16-le")


def _paragraph(number: int, level: int) -> bytes:
    """Style 0, then the list and the level."""
    return bytes(2) + struct.pack("<HBHH", 0x260A, level, 0x460B, number)


def _page_of_paragraphs(ends: list[int], said: list[bytes]) -> bytes:
    page = bytearray(512)
    bounds = [0, *ends]
    struct.pack_into(f"<{len(bounds)}I", page, 0, *(doc.TEXT_AT + 2 * at for at in bounds))
    at = 500
    for number, properties in enumerate(said):
        at = (at - len(properties) - 1) & ~1
        page[at] = (len(properties) + 1) // 2
        page[at + 1 : at + 1 + len(properties)] = properties
        page[4 * len(bounds) + 13 * number] = at // 2
    page[511] = len(said)
    return bytes(page)


def test_paragraphs_of_a_list_have_their_numbers(tmp_path: Path) -> None:
    ends = [at + 1 for at, letter in enumerate(_TEXT) if letter == "\r"]
    said = [_paragraph(1, level) for level in (0, 0, 1, 0)] + [_paragraph(0, 0)]
    padding = "\r" * (-(doc.TEXT_AT // 2 + len(_TEXT)) % 256)
    page = _page_of_paragraphs(ends, said).decode("utf-16-le", "surrogatepass")
    at = (doc.TEXT_AT + 2 * len(_TEXT + padding)) // 512
    levels = [_level(1, 37, "\0、"), _level(1, 4, "\0.\1)")] + [_level(1, 0, "")] * 7
    lists = struct.pack("<H", 1) + struct.pack("<ii", 5, 0) + bytes(20)
    override = struct.pack("<I", 1) + struct.pack("<i", 5) + bytes(12) + b"\xff" * 4
    tables = {
        13: struct.pack("<III", doc.TEXT_AT, doc.TEXT_AT + 2 * len(_TEXT), at),
        73: lists,
        74: override,
    }
    # The levels lie right behind the table of lists, outside of its length.
    data = doc.word_document(
        [_TEXT], tables=tables, behind={73: b"".join(levels)}, more=padding + page
    )
    _, parts, _ = read_bytes(data, tmp_path)
    numbers = [part for part in parts if isinstance(part, TextSpan) and part.source == SOURCE]
    assert [(span.at, span.text) for span in numbers] == [
        (Chars(0, 3), "一、"),
        (Chars(4, 7), "二、"),
        (Chars(8, 14), "二.a)"),
        (Chars(15, 20), "三、"),
    ]


@pytest.mark.parametrize(
    ("number", "kind", "written"),
    [
        (1994, 1, "MCMXCIV"),
        (4, 2, "iv"),
        (28, 3, "BB"),
        (11, 5, "11th"),
        (22, 5, "22nd"),
        (0, 5, "0th"),
        (7, 22, "07"),
        (10, 37, "十"),
        (105, 37, "一百零五"),
        (2010, 39, "二千零一十"),
        (0, 1, "0"),
        (12, 99, "12"),
    ],
)
def test_numbers_are_written_as_their_kind(number: int, kind: int, written: str) -> None:
    assert number_as(number, kind) == written
