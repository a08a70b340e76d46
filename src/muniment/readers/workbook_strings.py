"""Texts in a workbook: shared strings, rich text, and the escapes that Office writes.

- Rich text is the text of its runs; phonetic guides (`rPh`) are not part of it, but stated.
- `_xHHHH_` stands for a character that XML cannot carry (ECMA-376 Part 1, §22.9.2.19).
"""

import re
from collections.abc import Iterator
from typing import IO

from lxml import etree  # type: ignore[import-untyped]

from muniment.readers.xml_events import tree_steps

_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """The text with Office's escapes replaced by the characters they stand for."""
    if "_x" not in text:
        return text
    replaced = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if _SURROGATE.search(replaced) is None:
        return replaced
    # A character beyond the first plane is escaped in two halves; half a one is U+FFFD.
    return replaced.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def rich_text(element: etree._Element) -> str:
    """The text of a string item, an inline string or a comment."""
    pieces = [
        text.text or ""
        for text in element.iter("{*}t")
        if not _is_phonetic(text.getparent(), element)
    ]
    return unescaped("".join(pieces))


def _is_phonetic(parent: etree._Element | None, end: etree._Element) -> bool:
    while parent is not None and parent is not end:
        if isinstance(parent.tag, str) and parent.tag.endswith("}rPh"):
            return True
        parent = parent.getparent()
    return False


def phonetic_text(element: etree._Element) -> str:
    """The phonetic guides of a string item, one after the other."""
    guides = element.iter("{*}rPh")
    return unescaped("".join(t.text or "" for guide in guides for t in guide.iter("{*}t")))


def shared_strings(stream: IO[bytes]) -> Iterator[tuple[str, str]]:
    """The shared strings in their order, each with its phonetic guide (mostly empty).

    Raises:
        etree.XMLSyntaxError: the part is not well-formed from here on.
    """
    for _, item in tree_steps(stream, ("end",), "{*}si"):
        if len(item) == 1 and item[0].tag.endswith("}t"):
            yield unescaped(item[0].text or ""), ""
        else:
            yield rich_text(item), phonetic_text(item)
        item.clear()
        while item.getprevious() is not None:
            del item.getparent()[0]
