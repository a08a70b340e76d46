"""The package around Office Open XML files: parts, relationships, content types, properties.

    [Content_Types].xml ── which part is what
    _rels/.rels, x/_rels/y.rels ── which part belongs to which (ECMA-376 Part 2)

- Parts are found by their names inside the package; a relationship that leads outside of it is
  stated and never followed.
- XML is parsed without entities, DTDs or network, and a part that is not well-formed gives what
  stood before the error.
"""

import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import IO
from urllib.parse import unquote

import msgspec
from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Field, Member, Metadata, Part, Place, Problem, Relation, Tally, Whole
from muniment.readers.look_inside import APPLE_LOCKED
from muniment.readers.members import DamagedError, Entry, child_or_problem
from muniment.readers.reader import Context
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import LockedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.xml_names import local_name
from muniment.readers.zip_flags import clear_false_flags, is_flagged
from muniment.readers.zip_mended import MENDED, open_zip

# What zipfile raises on a damaged package; RuntimeError is how it says encrypted or unknown.
PACKAGE_TROUBLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MOST_RELS_BYTES = 1 << 26
_PROPERTY_PARTS = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
_LARGEST_PROPERTIES = 1 << 22
_BLOCK = 1 << 18
_CHILD_FOLDERS = ("/media/", "/embeddings/")
_THUMBNAIL = "docprops/thumbnail"
# Parts that say how others look, repeat them, or are for printers and programs alone.
_FURNITURE = re.compile(
    r"\[content_types\]\.xml|mimetype|docprops/.*|.*\.(?:rels|odttf|fntdata)"
    r"|customxml/itemprops\d*\.xml"
    r"|(?:word|xl|ppt)/(?:(?:glossary/)?(?:settings|styles|styleswitheffects|fonttable|numbering"
    r"|websettings)\.xml|(?:calcchain|metadata|presprops|viewprops|tablestyles|revisioninfo)\.xml"
    r"|(?:.*/)?(?:theme|fonts|printersettings|activex|ctrlprops|pivottables|querytables|slicers"
    r"|slicercaches|timelines|timelinecaches|tables|changesinfos)/.*"
    r"|charts/(?:style|colors)\d*\.xml|diagrams/(?:layout|quickstyle|colors|drawing)\d*\.xml)"
)


class Link(msgspec.Struct, frozen=True):
    """A relationship: its id, the last word of its type, and what it leads to."""

    id: str
    kind: str
    target: str  # a part's name, or the written address where it is external
    external: bool


def part_name(written: str) -> str:
    """The name of a part: some programs write backslashes, or a slash in front."""
    return written.replace("\\", "/").removeprefix("/")


class Package:
    """An open package."""

    def __init__(self, source: Source) -> None:
        try:
            self._archive, self._mended = open_zip(source)
        except PACKAGE_TROUBLE as why:
            raise UnreadableError(f"its package is damaged ({said_of(why)})") from why
        entries = self._archive.infolist()
        self._entries = {part_name(entry.filename).lower(): entry for entry in entries}
        self._equal = len(entries) - len(self._entries)
        self._positions = {id(entry): index for index, entry in enumerate(entries)}
        self._trouble: dict[str, str] = {}
        self._opened: set[str] = set()
        self._unflagged = clear_false_flags(self._archive)
        self._flagged = [entry for entry in entries if is_flagged(entry)]
        if len(self._flagged) > 0 and all(
            is_flagged(entry) for entry in entries if entry.file_size > 0
        ):
            raise LockedError("its package is encrypted")

    def trouble(self) -> Iterator[Problem]:
        """What had to be overcome to open it."""
        if self._mended:
            yield Problem(Whole(), "directory-missing", MENDED)
        if self._equal > 0:
            message = f"{self._equal} parts have the name of another; the last of a name is read"
            yield Problem(Whole(), "part-name-twice", message)
        if self._unflagged > 0:
            message = f"{self._unflagged} parts are said to be encrypted, and are not"
            yield Problem(Whole(), "headers-disagree", message)
        for entry in self._flagged:
            at = Member(self._positions[id(entry)])
            message = "a part is said to be encrypted, as others are not: it is, or it is damaged"
            yield Problem(at, "member-locked", message)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, as written, in the order of the package."""
        written = (part_name(entry.filename) for entry in self._entries.values())
        return tuple(name for name in written if name != "" and not name.endswith("/"))

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name.lower() in self._entries

    def open(self, name: str) -> IO[bytes]:
        """A part's bytes.

        Raises:
            KeyError: there is no such part.
            PACKAGE_TROUBLE: it cannot be unpacked.
        """
        self._opened.add(name.lower())
        return self._archive.open(self._entries[name.lower()])

    def leave(self, name: str) -> None:
        """Note that a part was only looked at: what it holds is still to be given."""
        self._opened.discard(name.lower())

    def unread(self) -> frozenset[str]:
        """The parts (in lower case) that nobody opened and that are more than furniture."""
        lower = {name.lower() for name in self.names} - self._opened
        return frozenset(name for name in lower if _FURNITURE.fullmatch(name) is None)

    def size(self, name: str) -> int:
        """How large the package says a part is."""
        return self._entries[name.lower()].file_size

    def packed_size(self, name: str) -> int:
        """How many bytes a part takes up in the package."""
        return self._entries[name.lower()].compress_size

    def is_locked_by_apple(self, name: str) -> bool:
        """Whether a part is encrypted as iWork '09 does, which is no method of a zip."""
        return self._entries[name.lower()].compress_type in APPLE_LOCKED

    def position(self, name: str) -> int:
        """A part's position in the package's directory, from 0."""
        return self._positions[id(self._entries[name.lower()])]

    def written(self, name: str) -> str:
        """A part's name as the package writes it."""
        return self._entries[name.lower()].filename

    def links(self, of: str) -> dict[str, Link]:
        """The relationships of a part, by id; of the package itself where `of` is empty."""
        folder, base = posixpath.split(of)
        name = posixpath.join(folder, "_rels", base + ".rels")
        if not self.has(name) or self.size(name) > _MOST_RELS_BYTES:
            return {}
        found: dict[str, Link] = {}
        try:
            for element in elements(self.open(name)):
                if element.tag == _RELATIONSHIPS:
                    link = _link(element, folder)
                    found[link.id] = link
        except PACKAGE_TROUBLE as why:
            self._trouble[name] = f"{name} cannot be read ({said_of(why)})"
        return found

    def problems(self) -> Iterator[Problem]:
        """The relationships that could not be read, each once."""
        for message in self._trouble.values():
            yield Problem(Whole(), "part-damaged", message)


def _link(element: etree._Element, folder: str) -> Link:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        joined = target if target.startswith("/") else posixpath.join("/", folder, unquote(target))
        target = posixpath.normpath(joined).lstrip("/")
    return Link(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], target, external)


def elements(stream: IO[bytes]) -> Iterator[etree._Element]:
    """Every element of a small part as it ends; what follows an error in the XML is left out."""
    walker = etree.iterparse(
        stream,
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=False,
        huge_tree=False,
    )
    try:
        for _, element in walker:
            yield element
    except etree.XMLSyntaxError:
        return


def properties(package: Package) -> Iterator[Part]:
    """What docProps states: title, author, times, application, custom properties."""
    seen: dict[str, int] = {}
    for name in _PROPERTY_PARTS:
        if not package.has(name) or package.size(name) > _LARGEST_PROPERTIES:
            continue
        try:
            stated = [_property(element) for element in elements(package.open(name))]
        except PACKAGE_TROUBLE as why:
            yield Problem(Whole(), "properties-damaged", f"{name}: {said_of(why)}")
            continue
        for key, written in stated:
            if written != "":
                seen[key] = seen.get(key, 0) + 1
                yield Metadata(Field(key, seen[key]), key, written)


def _property(element: etree._Element) -> tuple[str, str]:
    name = local_name(element)
    parent = element.getparent()
    if parent is not None and parent.get("name") is not None:
        name = parent.get("name", "")
    written = (element.text or "").strip() if len(element) == 0 else ""
    return name, written


def children(
    package: Package,
    context: Context,
    places: Mapping[str, tuple[Place, ...]],
    also: frozenset[str] = frozenset(),
) -> Iterator[Part]:
    """Media, embedded files, macros and the thumbnail as children.

    `places` says where in the document a part (by its lower-case name) is shown; one shown in
    several places is a child in each, one shown nowhere stands at its position in the package.
    `also` names further parts (in lower case) that are files of their own.
    """
    found = [
        (name, at)
        for name in package.names
        if _is_child(name) or name.lower() in also
        for at in places.get(name.lower(), (Member(package.position(name)),))
    ]
    yield Tally(Whole(), "embedded", len(found))
    for name, at in found:
        thumbnail = name.lower().startswith(_THUMBNAIL)
        entry = Entry(
            at=at,
            index=package.position(name),
            relation=Relation.THUMBNAIL if thumbnail else Relation.EMBEDDED,
            raw_name=name.encode("utf-8", "surrogatepass"),
            name=name,
            packed_size=package.packed_size(name),
        )
        yield child_or_problem(context.children, entry, _chunks(package, name))


def _is_child(name: str) -> bool:
    lower = name.lower()
    inside = any(folder in lower for folder in _CHILD_FOLDERS)
    return inside or lower.startswith(_THUMBNAIL) or lower.endswith("vbaproject.bin")


def _chunks(package: Package, name: str) -> Iterator[bytes]:
    try:
        with package.open(name) as stream:
            while len(chunk := stream.read(_BLOCK)) > 0:
                yield chunk
    except (zipfile.BadZipFile, RuntimeError) as why:
        raise DamagedError("member-damaged", f"a part of the package: {why}") from why
