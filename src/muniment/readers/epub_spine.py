"""The spine of an e-book: which parts are read, in which order, and what the book states.

    META-INF/container.xml ──▶ content.opf: metadata, manifest (id → part), spine (ids in order)

- Parts of the manifest that are XHTML and not in the spine come after it.

Source: EPUB 3.3, §3.2 and §5; Open Container Format.
"""

import posixpath
from typing import IO
from urllib.parse import unquote

import msgspec
from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Element
from muniment.readers.ooxml_package import PACKAGE_TROUBLE, Package
from muniment.readers.xml_events import Event, Step, xml_events

_CONTAINER = "META-INF/container.xml"
_XHTML = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")
_DUBLIN_CORE = frozenset(
    (
        *("title", "creator", "subject", "description", "publisher", "contributor", "date"),
        *("identifier", "source", "language", "relation", "coverage", "rights", "format"),
    )
)


class Spine(msgspec.Struct, frozen=True):
    """The parts in reading order, and the properties: place, name, value."""

    parts: tuple[str, ...] = ()
    stated: tuple[tuple[Element, str, str], ...] = ()


def spine_of(package: Package) -> Spine:
    """The spine of a book; empty where it names none."""
    try:
        name = _main_part(package)
        if name == "" or not package.has(name):
            return Spine()
        with package.open(name) as stream:
            return _read(stream, package.written(name))
    except (etree.XMLSyntaxError, *PACKAGE_TROUBLE):
        return Spine()


def _main_part(package: Package) -> str:
    if package.has(_CONTAINER):
        with package.open(_CONTAINER) as stream:
            for event in xml_events(stream, lambda _: ""):
                if event.value == "rootfile" and event.step is Step.START:
                    return unquote(event.attributes.get("full-path", ""))
    return next((name for name in package.names if name.lower().endswith(".opf")), "")


def _read(stream: IO[bytes], member: str) -> Spine:
    items: dict[str, tuple[str, str]] = {}
    order: list[str] = []
    stated: list[tuple[Element, str, str]] = []
    at, written = Element(member, (1,)), ""
    for event in xml_events(stream, lambda _: ""):
        if event.step is Step.TEXT:
            written += event.value
        elif event.step is Step.END:
            if event.value in _DUBLIN_CORE and written.strip() != "":
                stated.append((at, event.value, written.strip()))
        else:
            at, written = Element(member, event.path), ""
            _note(event, items, order)
    folder = posixpath.dirname(member)
    names = [items[number][0] for number in order if number in items]
    names += [href for href, sort in items.values() if href not in names and sort in _XHTML]
    parts = dict.fromkeys(posixpath.normpath(posixpath.join(folder, name)) for name in names)
    return Spine(tuple(parts), tuple(stated))


def _note(event: Event, items: dict[str, tuple[str, str]], order: list[str]) -> None:
    said = event.attributes
    if event.value == "item":
        href = unquote(said.get("href", "")).partition("#")[0]
        items[said.get("id", "")] = (href, said.get("media-type", ""))
    elif event.value == "itemref":
        order.append(said.get("idref", ""))
