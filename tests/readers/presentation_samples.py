"""Binary presentations written out by hand, as [MS-PPT] says: nothing and nobody is real."""

import struct
from collections.abc import Sequence

from muniment.simulate.compound import Tree, compound_file
from tests.readers.word_binary_samples import art, blip

_SLIDE_LIST, _SLIDE_PERSIST = 0x0FF0, 0x03F3
DOCUMENT, SLIDE, NOTES, MASTER = 0x03E8, 0x03EE, 0x03F0, 0x03F8


def record(kind: int, body: bytes, instance: int = 0) -> bytes:
    return art(kind, instance, body)


def container(kind: int, *bodies: bytes, instance: int = 0) -> bytes:
    return art(kind, instance, b"".join(bodies), 0xF)


def text(words: str, sort: int = 1) -> bytes:
    """A header and a text in UTF-16."""
    return record(0x0F9F, struct.pack("<I", sort)) + record(0x0FA0, words.encode("utf-16-le"))


def narrow(words: str, sort: int = 1) -> bytes:
    """A header and a text in bytes."""
    return record(0x0F9F, struct.pack("<I", sort)) + record(0x0FA8, words.encode("latin-1"))


def box(*bodies: bytes, properties: bytes = b"", count: int = 0) -> bytes:
    """A drawing with one shape and its text."""
    shape = container(0xF004, art(0xF00B, count, properties, 3), container(0xF00D, *bodies))
    return container(0x040C, container(0xF002, container(0xF003, shape)))


def outline_reference(number: int) -> bytes:
    return record(0x0F9E, struct.pack("<I", number))


def slide(*bodies: bytes, hidden: bool = False) -> bytes:
    info = record(0x03F9, bytes(10) + struct.pack("<HI", 4 if hidden else 0, 0))
    return container(SLIDE, record(0x03EF, bytes(24)), info, *bodies)


def notes(slide_id: int, *bodies: bytes) -> bytes:
    return container(NOTES, record(0x03F1, struct.pack("<II", slide_id, 0)), *bodies)


def comment(author: str, words: str) -> bytes:
    strings = [
        record(0x0FBA, s.encode("utf-16-le"), n) for n, s in enumerate((author, words, "AW"))
    ]
    atom = record(0x2EE1, struct.pack("<I8HII", 1, 2018, 5, 3, 23, 10, 30, 0, 0, 0, 0))
    tagged = art(0x138B, 0, container(0x2EE0, *strings, atom))
    return container(0x1388, container(0x138A, tagged))


def listed(instance: int, *persists: tuple[int, int, bytes]) -> bytes:
    """A list of slides: number of the object, id, texts in the list."""
    bodies = [
        record(_SLIDE_PERSIST, struct.pack("<IIIII", persist, 0, 0, number, 0)) + texts
        for persist, number, texts in persists
    ]
    return container(_SLIDE_LIST, *bodies, instance=instance)


def presentation(
    objects: Sequence[bytes], pictures: bytes = b"", streams: Tree | None = None
) -> bytes:
    """A presentation of these objects, numbered from 1; the first is the document."""
    data, offsets = b"", []
    for body in objects:
        offsets.append(len(data))
        data += body
    directory = len(data)
    head = 1 | len(offsets) << 20
    data += record(0x1772, struct.pack(f"<I{len(offsets)}I", head, *offsets))
    edit = len(data)
    data += record(0x0FF5, struct.pack("<IHBBIIIIHH", 0, 0, 0, 3, 0, directory, 1, 99, 1, 0))
    user = record(0x0FF6, struct.pack("<IIIHHBBH", 20, 0xE391C05F, edit, 0, 0x3F4, 3, 0, 0))
    tree: dict[str, bytes | Tree] = {"PowerPoint Document": data, "Current User": user}
    return compound_file({**tree, "Pictures": pictures, **(streams or {})})


def picture_entry(offset: int) -> bytes:
    """The entry of a picture that lies apart."""
    return art(0xF007, 6, bytes(28) + struct.pack("<I", offset) + bytes(4), 2)


__all__ = ["blip"]
