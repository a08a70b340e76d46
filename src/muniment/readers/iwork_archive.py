"""Pages, Numbers and Keynote of 2013 and later: the texts in their archives (IWA).

    Index/*.iwa    chunks of Snappy, together a row of objects: head (what follows), messages
    messages       texts (2001, 2005), strings of tables (6005), comments (3056), authors (212)

- A text stands at the `Member` of the archive that holds it; the format has no public description,
  and no finer place that anybody else could find.
- Numbers in table cells are packed in a way that is not read here; their texts are.

Source: obriensp/iWorkFileFormat (the archive, its messages); Protocol Buffers wire format.
"""

from collections.abc import Iterator
from functools import partial

from muniment.core import Member, Metadata, Part, Problem, Relation, Role, TextSpan, Whole
from muniment.readers.embedded_files import Found, embedded
from muniment.readers.members import DamagedError
from muniment.readers.ooxml_package import PACKAGE_TROUBLE, Package
from muniment.readers.reader import Context
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import LockedError
from muniment.readers.snappy_blocks import unsnappied, varint
from muniment.readers.text_blocks import blocks_of

_SUFFIX = ".iwa"
_TEXTS, _STRINGS, _COMMENT, _AUTHOR = (2001, 2005), 6005, 3056, 212
_MOST_ARCHIVE = 1 << 28
_MOST_OBJECTS = 1_000_000
_OBJECT = "\ufffc"  # where a text shows something that is no text
_ROLES = {0: Role.BODY, 1: Role.HEADER, 2: Role.NOTE, 3: Role.BOX, 4: Role.NOTE, 5: Role.BODY}
_ABOUT = "Metadata/"

Fields = list[tuple[int, int | bytes]]


def is_iwork_archive(package: Package) -> bool:
    """Whether the texts of a package are in archives."""
    return any(name.endswith(_SUFFIX) for name in package.names)


def read_iwork_archive(package: Package, context: Context) -> Iterator[Part]:
    """The texts, comments and files of a document.

    Raises:
        LockedError: it is encrypted with a password.
    """
    if any(name.rpartition("/")[2].startswith(".iwp") for name in package.names):
        raise LockedError("an iWork document that is encrypted with a password")
    for name in sorted(package.names):
        if name.endswith(_SUFFIX):
            at = Member(package.position(name))
            try:
                yield from _archive(package, name, at)
            except (ValueError, *PACKAGE_TROUBLE) as why:
                message = f"{name} cannot be unpacked ({said_of(why)})"
                yield Problem(Whole(), "part-damaged", message)
    yield from embedded(list(_files(package)), context)


def _archive(package: Package, name: str, at: Member) -> Iterator[Part]:
    with package.open(name) as stream:
        data = _plain(stream.read(_MOST_ARCHIVE))
    hidden = "MasterSlide" in name or "TemplateSlide" in name or "Stylesheet" in name
    for sort, message in _messages(data):
        if sort in _TEXTS:
            yield from _text(fields_of(message), at, hidden=hidden)
        elif sort == _STRINGS:
            for entry in _values(fields_of(message), 3):
                yield from _spans(_values(fields_of(entry), 3), at, Role.BODY, hidden=hidden)
        elif sort == _COMMENT:
            yield from _spans(_values(fields_of(message), 1), at, Role.COMMENT, hidden=hidden)
        elif sort == _AUTHOR:
            for author in _values(fields_of(message), 1):
                yield Metadata(at, "comment author", author.decode("utf-8", "replace"))


def _text(fields: Fields, at: Member, *, hidden: bool) -> Iterator[Part]:
    kind = next((value for number, value in fields if number == 1), 0)
    role = _ROLES.get(kind, Role.BODY) if isinstance(kind, int) else Role.BODY
    yield from _spans(_values(fields, 3), at, role, hidden=hidden)


def _spans(texts: list[bytes], at: Member, role: Role, *, hidden: bool) -> Iterator[Part]:
    for raw in texts:
        text = raw.decode("utf-8", "replace").replace(_OBJECT, "").replace("\u2029", "\n")
        for block in blocks_of([text]):
            yield TextSpan(at, block.text, role, hidden)


def _plain(data: bytes) -> bytes:
    """The chunks of an archive, unpacked and put together."""
    found: list[bytes] = []
    at = size = 0
    while at + 4 <= len(data):
        length = int.from_bytes(data[at + 1 : at + 4], "little")
        if data[at] != 0:
            raise ValueError("no chunk")
        found.append(unsnappied(data[at + 4 : at + 4 + length], _MOST_ARCHIVE - size))
        size += len(found[-1])
        at += 4 + length
    return b"".join(found)


def _messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The messages of all objects of an archive, with their types."""
    at = 0
    for _ in range(_MOST_OBJECTS):
        if at >= len(data):
            return
        length, at = varint(data, at)
        head = fields_of(data[at : at + length])
        at += length
        for info in _values(head, 2):
            said = {number: value for number, value in fields_of(info) if isinstance(value, int)}
            size = said.get(3, 0)
            yield said.get(1, 0), data[at : at + size]
            at += size


def fields_of(message: bytes) -> Fields:
    """The fields of a message: numbers, and bytes where the length is stated; others are passed.

    Raises:
        ValueError: it breaks off.
    """
    found: Fields = []
    at = 0
    while at < len(message):
        key, at = varint(message, at)
        wire = key & 7
        if wire == 0:
            value, at = varint(message, at)
            found.append((key >> 3, value))
        elif wire == 2:  # noqa: PLR2004 - a length and so many bytes
            length, at = varint(message, at)
            found.append((key >> 3, message[at : at + length]))
            at += length
        elif wire in (1, 5):
            at += 8 if wire == 1 else 4
        else:
            raise ValueError("no field")
    return found


def _values(fields: Fields, wanted: int) -> list[bytes]:
    return [value for number, value in fields if number == wanted and isinstance(value, bytes)]


def _files(package: Package) -> Iterator[Found]:
    for name in package.names:
        if name.endswith(_SUFFIX) or name.startswith(_ABOUT):
            continue
        shown = name.startswith("preview")
        yield Found(
            Member(package.position(name)),
            name,
            partial(_read, package, name),
            packed_size=package.packed_size(name),
            relation=Relation.THUMBNAIL if shown else Relation.EMBEDDED,
        )


def _read(package: Package, name: str) -> bytes:
    try:
        with package.open(name) as stream:
            return stream.read(_MOST_ARCHIVE)
    except PACKAGE_TROUBLE as why:
        reason = f"a member cannot be read: {said_of(why)}"
        raise DamagedError("member-damaged", reason) from why
