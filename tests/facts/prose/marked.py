"""Simulated documents with marks around what stands in them.

    = ru-1                                                    a document of a language
    <date r="2017-03">в марте 2017</date>                     sorts: date, q, id, phone
    <quote s="Зоя Бугрова">«…»</quote>                        who is said to speak
    <post t="начальник СИЗО-99" n="С. И. Камышев">…</post>    title and name, as written

Nobody and nothing in them exists.
"""

import re
from pathlib import Path

import msgspec

_TAG = re.compile(r"<(/?)(\w+)((?: \w+=\"[^\"]*\")*)>")
_ATTRIBUTE = re.compile(r"(\w+)=\"([^\"]*)\"")


class Mark(msgspec.Struct, frozen=True):
    """What stands from code point `start` up to `end`, and how it is to be read."""

    sort: str
    start: int
    end: int
    read: tuple[str, ...]  # in the order of the attributes


class Document(msgspec.Struct, frozen=True):
    """One text without its marks, and the marks."""

    name: str
    text: str
    marks: tuple[Mark, ...]


def documents(file: Path) -> tuple[Document, ...]:
    """All documents of a file."""
    paragraphs = ("\n" + file.read_text(encoding="utf-8")).split("\n= ")[1:]
    return tuple(_document(*paragraph.split("\n", 1)) for paragraph in paragraphs)


def _document(name: str, marked: str) -> Document:
    text, at = "", 0
    opened: list[tuple[str, int, tuple[str, ...]]] = []
    marks = []
    for tag in _TAG.finditer(marked):
        text += marked[at : tag.start()]
        at = tag.end()
        if tag[1] == "":
            read = tuple(value for _, value in _ATTRIBUTE.findall(tag[3]))
            opened.append((tag[2], len(text), read))
        else:
            sort, start, read = opened.pop()
            marks.append(Mark(sort, start, len(text), read))
    return Document(name, text + marked[at:].rstrip("\n"), tuple(marks))
