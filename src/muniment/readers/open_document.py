"""OpenDocument texts, presentations and drawings (odt, odp, odg, their templates and flat forms).

    content.xml  styles.xml (headers, footers, masters)  meta.xml  Object n/content.xml
    Pictures/  Object n  Basic/ (macros)  META-INF/manifest.xml (what is encrypted)

- Text stands at `Element(member, child sequence)`; in a flat file, which is one part, the member
  is empty.
- A part that breaks off gives the paragraphs before the break and a Problem.
- An encrypted package is opened with the keys at hand; places are those of the opened parts.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import IO

from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Element, Member, Metadata, Part, Problem, Relation, Role, TextSpan, Whole
from muniment.readers.base64_files import base64_files
from muniment.readers.embedded_files import Found, embedded
from muniment.readers.members import DamagedError
from muniment.readers.ooxml_package import PACKAGE_TROUBLE, Package
from muniment.readers.open_document_cipher import Sealed, key_for, sealed_members, unsealed
from muniment.readers.open_document_part import Shared, prefix_of, read_open_document_part
from muniment.readers.reader import Context, Reader
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import LockedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.xml_events import Event, Step, xml_events

_ODF = "application/vnd.oasis.opendocument."
_SUN = "application/vnd.sun.xml."
_MANIFEST = "META-INF/manifest.xml"
_WHOLE_PACKAGE = "encrypted-package"
# Parts that say how the file is shown, not what it holds.
_ABOUT = ("mimetype", "meta.xml", "styles.xml", "content.xml", "settings.xml", "manifest.rdf")
_ABOUT_FOLDERS = ("META-INF/", "Configurations", "Basic/", "Dialogs/", "layout-cache")
_FLAT_MARK = b"opendocument:xmlns:office:1.0"
_MOST_MEMBER = 1 << 30
# Property → the name that docProps gives it.
_NAMES: Mapping[str, str] = {
    "dc:title": "title",
    "dc:subject": "subject",
    "dc:description": "description",
    "dc:language": "language",
    "dc:creator": "lastModifiedBy",
    "dc:date": "modified",
    "meta:initial-creator": "creator",
    "meta:creation-date": "created",
    "meta:print-date": "lastPrinted",
    "meta:printed-by": "printed by",
    "meta:keyword": "keywords",
    "meta:generator": "Application",
    "meta:editing-cycles": "revision",
    "meta:editing-duration": "editing duration",
    "meta:page-count": "Pages",
    "meta:word-count": "Words",
    "meta:character-count": "Characters",
    "meta:paragraph-count": "Paragraphs",
}


def read_open_document(source: Source, context: Context) -> Iterator[Part]:
    """The text, changes, comments, properties and embedded files of a document."""
    if source.read_at(0, 2) != b"PK":
        yield from _flat(source, context)
        return
    package = Package(source)
    yield from package.trouble()
    files = _Files(package, context)
    if not package.has("content.xml"):
        raise UnreadableError("its main part is missing")
    if files.trouble != "":
        yield Problem(Whole(), "part-damaged", files.trouble)
    yield from _guarded(files, "meta.xml", _properties)
    shared = Shared()
    drawn = any(sort in context.media_type for sort in ("presentation", "graphics", "impress"))
    outer = Role.BOX if drawn else Role.BODY
    masters = partial(_text, shared=shared, role=outer, hidden=drawn)
    yield from _guarded(files, "styles.xml", masters)
    yield from _guarded(files, "content.xml", partial(_text, shared=shared))
    for name in package.names:
        if name.endswith("/content.xml"):
            yield from _guarded(files, name, partial(_text, shared=shared, role=Role.BOX))
        elif name.startswith("Basic/") and name.endswith(".xml"):
            yield from _guarded(files, name, _macros)
    yield from embedded(list(_children(package, files, shared)), context)


class _Files:
    """The members of a package in the clear."""

    def __init__(self, package: Package, context: Context) -> None:
        self._package = package
        self._sealed: dict[str, Sealed] = {}
        self._secret = ""
        self.trouble = ""
        try:
            if package.has(_MANIFEST):
                self._sealed = sealed_members(package.open(_MANIFEST))
        except PACKAGE_TROUBLE as why:
            self.trouble = f"{_MANIFEST} cannot be read ({said_of(why)})"
        if package.has(_WHOLE_PACKAGE):
            raise LockedError("an OpenDocument file that is encrypted as a whole")
        if len(self._sealed) > 0:
            name = min(self._sealed, key=lambda n: (n != "content.xml", n))
            if not package.has(name):
                raise LockedError("an OpenDocument file that is encrypted with a password")
            try:
                data = self._stored(name)
            except PACKAGE_TROUBLE as why:
                raise UnreadableError("its main part is encrypted and damaged") from why
            self._secret = key_for(self._sealed[name], data, context.keys)

    def has(self, name: str) -> bool:
        """Whether there is such a member."""
        return self._package.has(name)

    def open(self, name: str) -> IO[bytes]:
        """A member's bytes in the clear.

        Raises:
            PACKAGE_TROUBLE: it cannot be unpacked or does not open.
        """
        sealed = self._sealed.get(name)
        if sealed is None:
            return self._package.open(name)
        opened = unsealed(sealed, self._stored(name), self._secret)
        if opened is None:
            raise ValueError("a member with another password")
        return io.BytesIO(opened)

    def _stored(self, name: str) -> bytes:
        with self._package.open(name) as stream:
            return stream.read(_MOST_MEMBER)


def _guarded(
    files: _Files, name: str, read: Callable[[IO[bytes], str], Iterator[Part]]
) -> Iterator[Part]:
    """What a part gives, and a Problem where it breaks off."""
    if not files.has(name):
        return
    try:
        with files.open(name) as stream:
            yield from read(stream, name)
    except (etree.XMLSyntaxError, *PACKAGE_TROUBLE) as why:
        yield Problem(Whole(), "part-damaged", f"{name} breaks off ({said_of(why)})")


def _text(
    stream: IO[bytes], name: str, shared: Shared, role: Role = Role.BODY, *, hidden: bool = False
) -> Iterator[Part]:
    yield from read_open_document_part(stream, name, shared, role, hidden=hidden)


def _properties(stream: IO[bytes], name: str) -> Iterator[Part]:
    """What meta.xml, or the same part of a flat file, states."""
    inside = False
    stated, written, at = "", "", Element(name, (1,))
    for event in xml_events(stream, prefix_of):
        if event.value == "office:meta":
            inside = event.step is Step.START
        if not inside:
            continue
        if event.step is Step.START:
            at, written = Element(name, event.path), ""
            stated = event.attributes.get("meta:name", _NAMES.get(event.value, ""))
            yield from _statistics(at, event)
        elif event.step is Step.TEXT:
            written += event.value
        elif stated != "":
            if written.strip() != "":
                yield Metadata(at, stated, written.strip())
            stated = ""


def _statistics(at: Element, event: Event) -> Iterator[Part]:
    if event.value == "meta:document-statistic":
        for key, value in event.attributes.items():
            if key in _NAMES:
                yield Metadata(at, _NAMES[key], value)


def _macros(stream: IO[bytes], name: str) -> Iterator[Part]:
    """The source of a Basic module."""
    at, text = Element(name, (1,)), ""
    for event in xml_events(stream, lambda _: ""):
        if event.step is Step.START and event.value == "module":
            at = Element(name, event.path)
        elif event.step is Step.TEXT and len(text) < _MOST_MEMBER:
            text += event.value
    if text.strip() != "":
        yield TextSpan(at, text, Role.MARKUP)


def _children(package: Package, files: _Files, shared: Shared) -> Iterator[Found]:
    """Pictures, objects and whatever else lies in the package and is no part of the text."""
    for name in package.names:
        about = name.endswith(("/content.xml", "/styles.xml", "/meta.xml", "/settings.xml"))
        about = about or "Configurations2/" in name
        if about or name in _ABOUT or name.startswith(_ABOUT_FOLDERS):
            continue
        thumbnail = name.startswith("Thumbnails/")
        yield Found(
            shared.anchors.get(name, Member(package.position(name))),
            name,
            partial(_read, files, name),
            packed_size=package.packed_size(name),
            relation=Relation.THUMBNAIL if thumbnail else Relation.EMBEDDED,
        )


def _read(files: _Files, name: str) -> bytes:
    try:
        with files.open(name) as stream:
            return stream.read(_MOST_MEMBER)
    except PACKAGE_TROUBLE as why:
        raise DamagedError("member-damaged", f"a member cannot be read: {said_of(why)}") from why


def _flat(source: Source, context: Context) -> Iterator[Part]:
    """A document in one XML file."""
    try:
        yield from _properties(source.stream(), "")
        yield from read_open_document_part(source.stream(), "", Shared())
        found = list(base64_files(source.stream(), prefix_of, ("office:binary-data",)))
    except etree.XMLSyntaxError as why:
        yield Problem(Whole(), "part-damaged", f"the file breaks off ({said_of(why)})")
        return
    yield from embedded(found, context)


# Styles, settings and properties that lie outside of their package hold no text of a document.
_FLAT = re.compile(rb"<office:document(?:-content)?[\s>]")


def _is_flat(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    is_document = _FLAT.search(head) is not None and _FLAT_MARK in head
    return start.startswith(b"<") and is_document and b"opendocument.spreadsheet" not in head


OPEN_DOCUMENT = Reader(
    name="open-document",
    version=2,
    media_types=(
        _ODF + "text",
        _ODF + "presentation",
        _ODF + "graphics",
        _ODF + "text-template",
        _ODF + "text-master",
        _ODF + "text-web",
        _ODF + "presentation-template",
        _ODF + "graphics-template",
        _ODF + "formula",
        _ODF + "chart",
        _ODF + "image",
        _SUN + "writer",
        _SUN + "writer.template",
        _SUN + "writer.global",
        _SUN + "impress",
        _SUN + "impress.template",
        _SUN + "draw",
        _SUN + "math",
    ),
    read=read_open_document,
    takes_keys=True,
    recognises=_is_flat,
    begins=rb"[\xef\xbb\xbf \t\r\n]*<",
)
