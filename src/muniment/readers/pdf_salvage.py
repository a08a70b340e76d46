"""The pages of a PDF whose directory is gone, put under a new root.

    … 7 0 obj <</Type /Page …>> endobj …   found by their words, wherever they stand
    … 9 0 obj <</Type /ObjStm …>> stream    unpacked as far as it goes, its objects written out
    → the same bytes, the unpacked objects, a new catalog over all pages, a new trailer

- Only the root is made up: what the pages show is what the file holds.
- Whoever opens the result must rebuild the cross-reference table; qpdf does.

Source: ISO 32000-1 §7.5.7 (object streams), §7.7.2 (catalog), §7.7.3 (page tree).
"""

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})[ \t\r\n]+(\d{1,5})[ \t\r\n]+obj\b")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_COUNT = re.compile(rb"/N\s+(\d{1,7})\b")
_FIRST = re.compile(rb"/First\s+(\d{1,9})\b")
_HEAD = 4_096  # bytes of an object in which its type is looked for
_MOST_OBJECTS = 500_000
_MOST_PAGES = 20_000
_LARGEST = 1 << 26  # bytes unpacked, together


def salvaged(data: bytes) -> bytes | None:
    """The file with a new root over the pages that are found; None where there are none."""
    if b"/Encrypt" in data:
        return None  # without its own trailer nothing in it can be deciphered
    pages: list[tuple[int, int]] = []
    unpacked: list[bytes] = []
    highest, taken = 0, 0
    for number, generation, start, end in _objects(data):
        highest = max(highest, number)
        head = data[start : min(end, start + _HEAD)]
        if _PAGE.search(head.partition(b"stream")[0]) is not None:
            pages.append((number, generation))
        elif _PACKED.search(head) is not None and taken < _LARGEST:
            for inner, body in _members(data[start:end]):
                highest, taken = max(highest, inner), taken + len(body)
                unpacked.append(b"%d 0 obj\n%s\nendobj\n" % (inner, body))
                if _PAGE.search(body) is not None:
                    pages.append((inner, 0))
    if len(pages) == 0:
        return None
    return b"\n".join([data, *unpacked, _root(highest + 1, pages[:_MOST_PAGES])])


def _objects(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Number, generation, start and end of each object."""
    found = None
    for count, match in enumerate(_OBJECT.finditer(data)):
        if count > _MOST_OBJECTS:
            return
        if found is not None:
            yield int(found[1]), int(found[2]), found.end(), match.start()
        found = match
    if found is not None:
        yield int(found[1]), int(found[2]), found.end(), len(data)


def _members(packed: bytes) -> Iterator[tuple[int, bytes]]:
    """Numbers and bodies of the objects of an object stream, as far as it can be unpacked."""
    head, _, rest = packed.partition(b"stream")
    count, first = _COUNT.search(head), _FIRST.search(head)
    if count is None or first is None or b"/FlateDecode" not in head:
        return
    try:
        body = zlib.decompressobj().decompress(rest.lstrip(b"\r\n"), _LARGEST)
    except zlib.error:
        return
    start = int(first[1])
    numbers = [int(word) for word in body[:start].split()[: 2 * int(count[1])] if word.isdigit()]
    offsets = [*numbers[1::2], len(body) - start]
    for number, here, there in zip(numbers[::2], offsets, offsets[1:], strict=False):
        if 0 <= here < there <= len(body) - start:
            yield number, body[start + here : start + there]


def _root(number: int, pages: list[tuple[int, int]]) -> bytes:
    kids = b" ".join(b"%d %d R" % page for page in pages)
    tree = b"<</Type/Pages/Count %d/MediaBox[0 0 612 792]/Kids[%s]>>" % (len(pages), kids)
    return (
        b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (number, number + 1)
        + b"%d 0 obj\n%s\nendobj\n" % (number + 1, tree)
        + b"trailer\n<</Root %d 0 R/Size %d>>\nstartxref\n0\n%%%%EOF\n" % (number, number + 2)
    )
