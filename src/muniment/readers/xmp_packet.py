"""XMP: each property of a packet, under its path, as written.

    xmpMM:DocumentID                      a simple property, as attribute or element
    xmpMM:History[2]/stEvt:when           a field of the second entry of an ordered list
    dc:title[x-default]                   an alternative, by its language

- A packet is RDF in a fixed shape (ISO 16684-1 §7); only that shape is followed, nothing fetched.
- Prefixes are the usual ones for known namespaces, and the file's own for others.
- Pictures packed into a property (base64) come out as files.
"""

import base64
import binascii
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Field, Metadata, Part, Problem, Relation, Whole
from muniment.readers.embedded import Embedded

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LISTS = (_RDF + "Seq", _RDF + "Bag", _RDF + "Alt")
_NO_PROPERTIES = frozenset(_RDF + name for name in ("about", "parseType", "ID", "nodeID"))
_LARGEST = 1 << 26
_DEEPEST = 40
_MOST = 100_000
_LEAST_PACKED = 200  # letters; a value as long that decodes to a picture is one
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG")


def xmp_parts(packet: bytes, found: list[Embedded]) -> Iterator[Part]:
    """The properties of one packet; pictures in it are added to `found`."""
    root = _root(packet)
    if root is None:
        yield Problem(Whole(), "properties-damaged", "the XMP packet cannot be read")
        return
    seen: dict[str, int] = {}
    for path, value in _properties(root):
        seen[path] = seen.get(path, 0) + 1
        if len(seen) > _MOST:
            yield Problem(Whole(), "properties-damaged", f"more than {_MOST} XMP properties")
            return
        at = Field(f"XMP {path}", seen[path])
        picture = _picture(value)
        if picture is None:
            yield Metadata(at, f"XMP {path}", value)
        else:
            found.append(Embedded(at, Relation.THUMBNAIL, picture))


def _root(packet: bytes) -> etree._Element | None:
    if len(packet) > _LARGEST:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        return etree.fromstring(packet.strip(b"\0 \r\n\t"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _properties(root: etree._Element) -> Iterator[tuple[str, str]]:
    toolkit = root.get("{adobe:ns:meta/}xmptk")
    if toolkit is not None:
        yield "x:xmptk", toolkit
    for description in root.iter(_RDF + "Description"):
        parent = description.getparent()
        if parent is None or parent.tag == _RDF + "RDF":
            yield from _fields(description, "", 0)


def _fields(element: etree._Element, path: str, depth: int) -> Iterator[tuple[str, str]]:
    """What an element states in attributes and children, each under its own step."""
    for name, value in element.attrib.items():
        if str(name) not in _NO_PROPERTIES and str(name) != _LANGUAGE:
            yield f"{path}{_short(element, str(name))}", str(value)
    for child in element.iterchildren(tag=etree.Element):
        yield from _value(child, f"{path}{_short(child, str(child.tag))}", depth)


def _value(element: etree._Element, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        return
    children = list(element.iterchildren(tag=etree.Element))
    if len(children) == 0:
        yield from _fields(element, f"{path}/", depth + 1)
        if element.text is not None and element.text.strip() != "":
            yield path, element.text.strip()
        return
    for child in children:
        if child.tag in _LISTS:
            yield from _entries(child, path, depth + 1)
        elif child.tag == _RDF + "Description":
            yield from _fields(child, f"{path}/", depth + 1)
        else:
            yield from _value(child, f"{path}/{_short(child, str(child.tag))}", depth + 1)


def _entries(listed: etree._Element, path: str, depth: int) -> Iterator[tuple[str, str]]:
    for number, entry in enumerate(listed.iterchildren(tag=etree.Element), 1):
        language = entry.get(_LANGUAGE)
        yield from _value(entry, f"{path}[{number if language is None else language}]", depth + 1)


def _short(element: etree._Element, name: str) -> str:
    """`prefix:local`, the prefix as the packet writes it."""
    namespace, _, local = name.rpartition("}")
    for prefix, uri in element.nsmap.items():
        if uri == namespace[1:] and prefix is not None:
            return f"{prefix}:{local}"
    return local


def _picture(value: str) -> bytes | None:
    if len(value) < _LEAST_PACKED or " " in value.strip():
        return None
    try:
        data = base64.b64decode(value.replace("\n", "").replace("\r", ""), validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if data.startswith(_PICTURES) else None
