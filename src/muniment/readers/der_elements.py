"""BER and DER elements of ASN.1 with their positions (ITU-T X.690), as far as containers need it.

- Nothing is decoded but what is asked for; lengths are those of the bytes that are there.
- Indefinite lengths and strings in pieces are read; depth is bounded.
"""

from collections.abc import Iterator

import msgspec

INTEGER, OCTETS, OID, SEQUENCE, SET = 0x02, 0x04, 0x06, 0x30, 0x31
_DEEPEST = 64
_MOST = 200_000
_INDEFINITE = 0x80
_CONSTRUCTED = 0x20
_SHORT = {
    "2.5.4.3": "CN",
    "2.5.4.4": "SN",
    "2.5.4.5": "serialNumber",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.9": "street",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.12": "title",
    "2.5.4.42": "GN",
    "1.2.840.113549.1.9.1": "E",
    "0.9.2342.19200300.100.1.25": "DC",
    "0.9.2342.19200300.100.1.1": "UID",
}


class Element(msgspec.Struct, frozen=True):
    """An element: its tag byte, and where it and its content stand in `data`."""

    data: bytes
    tag: int
    start: int
    content: int
    end: int  # of the content
    after: int  # where the next element begins

    @property
    def value(self) -> bytes:
        """The bytes of the content."""
        return self.data[self.content : self.end]

    @property
    def whole(self) -> bytes:
        """The bytes of the element with its tag and length."""
        return self.data[self.start : self.after]

    def children(self) -> list["Element"]:
        """The elements inside.

        Raises:
            ValueError: they do not fit.
        """
        return list(_elements(self.data, self.content, self.end))


def element_at(data: bytes, start: int = 0, end: int | None = None, depth: int = 0) -> Element:
    """The element that begins at `start`.

    Raises:
        ValueError: none does.
    """
    last = len(data) if end is None else end
    if start + 2 > last or depth > _DEEPEST:
        raise ValueError("no element stands here")
    tag = data[start]
    position = start + 1
    if tag & 0x1F == 0x1F:  # noqa: PLR2004 - a tag number in more bytes
        while position < last and data[position] & _INDEFINITE:
            position += 1
        position += 1
    length = data[position] if position < last else -1
    position += 1
    if length == _INDEFINITE and tag & _CONSTRUCTED:
        return _indefinite(data, tag, start, position, last, depth)
    if length & _INDEFINITE:
        count = length & 0x7F
        length = int.from_bytes(data[position : position + count], "big")
        position += count
    if length < 0 or position + length > last:
        raise ValueError("an element is longer than what it stands in")
    return Element(data, tag, start, position, position + length, position + length)


def _indefinite(  # noqa: PLR0913, PLR0917 - a position and its bounds
    data: bytes, tag: int, start: int, position: int, last: int, depth: int
) -> Element:
    content = position
    for _ in range(_MOST):
        if data[position : position + 2] == b"\0\0":
            return Element(data, tag, start, content, position, position + 2)
        position = element_at(data, position, last, depth + 1).after
    raise ValueError("an element has no end")


def _elements(data: bytes, start: int, end: int) -> Iterator[Element]:
    for _ in range(_MOST):
        if start >= end:
            return
        element = element_at(data, start, end)
        yield element
        start = element.after
    raise ValueError("too many elements")


def oid_of(element: Element) -> str:
    """An object identifier in dots; empty where it is none."""
    raw = element.value
    if element.tag != OID or len(raw) == 0:
        return ""
    arcs, number = [], 0
    for byte in raw[:64]:
        number = number << 7 | byte & 0x7F
        if byte & 0x80 == 0:
            arcs.append(number)
            number = 0
    first = min(arcs[0] // 40, 2) if len(arcs) > 0 else 0
    return ".".join(map(str, [first, arcs[0] - 40 * first, *arcs[1:]])) if arcs else ""


def octets_of(element: Element) -> list[bytes]:
    """The pieces of an octet string, written whole or in pieces (X.690 §8.7)."""
    pieces = []
    pending = [element]
    while len(pending) > 0:
        current = pending.pop()
        if current.tag & _CONSTRUCTED:
            pending.extend(reversed(current.children()))
        else:
            pieces.append(current.value)
    return pieces


def name_of(element: Element) -> str:
    """A distinguished name, in the order in which it is written: CN=…, O=…."""
    found = []
    for group in element.children():
        for pair in group.children():
            sort, value = pair.children()[:2]
            oid = oid_of(sort)
            wide = value.tag == 0x1E  # noqa: PLR2004 - BMPString
            text = value.value.decode("utf-16-be" if wide else "utf-8", "replace")
            found.append(f"{_SHORT.get(oid, oid)}={text}")
    return ", ".join(found)
