"""Office Open XML documents and presentations (docx, docm, pptx): all text, and what is inside.

- Every part that the relationships reach and that holds text is read: body, headers, footers,
  notes, comments, text boxes, charts, diagrams, slides and their notes.
- A part that breaks off gives all text before the break, and a Problem at the last of it.
- Links out of the document are stated, never followed.
"""

import re
from collections.abc import Iterator

import msgspec
from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Field, Metadata, Part, Place, Problem, Role, Tally, TextSpan, Whole
from muniment.readers.ooxml_package import (
    PACKAGE_TROUBLE,
    Link,
    Package,
    children,
    elements,
    properties,
)
from muniment.readers.reader import Context, Reader
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source
from muniment.readers.word_part import Hiding, Shown, read_word_part
from muniment.readers.word_styles import hiding_styles
from muniment.readers.xml_events import BadCharactersError

_OOXML = "application/vnd.openxmlformats-officedocument."
_ROLES = {
    "officeDocument": Role.BODY,
    "slide": Role.BODY,
    "header": Role.HEADER,
    "footer": Role.FOOTER,
    "footnotes": Role.NOTE,
    "endnotes": Role.NOTE,
    "notesSlide": Role.NOTE,
    "comments": Role.COMMENT,
    "commentsExtended": Role.COMMENT,
    "commentAuthors": Role.COMMENT,
    "authors": Role.COMMENT,
    "people": Role.COMMENT,
    "glossaryDocument": Role.BOX,
    "diagramData": Role.BOX,
    "chart": Role.BOX,
    "chartEx": Role.BOX,
    "chartUserShapes": Role.BOX,
    "settings": Role.MARKUP,
    "slideMaster": Role.BOX,
    "slideLayout": Role.BOX,
    "notesMaster": Role.BOX,
    "handoutMaster": Role.BOX,
}
# Masters show on slides what their places are for; what a reader sees stands on the slides.
_MASTERS = ("slideMaster", "slideLayout", "notesMaster", "handoutMaster")
_FILES = (
    *("aFChunk", "oleObject", "package", "control", "vbaProject", "activeXControlBinary"),
    *("customXml", "attachedToolbars", "video", "audio", "media", "hdphoto"),
)
# Parts that a sound package reaches; where nothing reaches them, they are read all the same.
_LEFT_BEHIND = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\d*\.xml"
    r"|ppt/(slides/slide|notesSlides/notesSlide|comments/\w*?comment\w*?)\d*\.xml",
    re.IGNORECASE,
)


def read_document(source: Source, context: Context) -> Iterator[Part]:
    """The text, changes, comments, properties and embedded files of a document."""
    package = Package(source)
    yield from package.trouble()
    yield from properties(package)
    reach = _reach(package)
    if not any(role is Role.BODY and package.has(name) for name, _, role in reach.parts):
        raise UnreadableError("its main part is missing")
    slides = sum(kind == "slide" for _, kind, _ in reach.parts)
    if slides > 0:
        yield Tally(Whole(), "slides", slides)
    places: dict[str, tuple[Place, ...]] = {}
    hiding = _hiding(package, reach)
    for name, kind, role in reach.parts:
        shown: list[Shown] = []
        yield from _part(package, name, role, shown, Hiding(kind in _MASTERS, hiding))
        links = package.links(name) if len(shown) > 0 else {}
        for one in shown:
            link = links.get(one.relation)
            if link is not None and not link.external:
                key = link.target.lower()
                places[key] = (*places.get(key, ()), one.at)
    for number, (kind, target) in enumerate(reach.outside, start=1):
        yield Metadata(Field("link", number), f"link ({kind})", target)
    yield from children(package, context, places, reach.files | package.unread())
    yield from package.problems()


def _hiding(package: Package, reach: "_Reach") -> frozenset[str]:
    mains = (name for name, kind, _ in reach.parts if kind == "officeDocument")
    return next((hiding_styles(package, name) for name in mains), frozenset())


def _part(
    package: Package, name: str, role: Role, shown: list[Shown], hiding: Hiding
) -> Iterator[Part]:
    if not package.has(name):
        yield Problem(Whole(), "part-missing", f"{name} is not in the package")
        return
    at: Place = Whole()
    try:
        with package.open(name) as stream:
            for part in read_word_part(stream, package.written(name), role, shown, hiding):
                at = part.at if isinstance(part, TextSpan) else at
                yield part
    except BadCharactersError as why:
        yield Problem(Whole(), "part-damaged", f"{name}: {said_of(why)}")
    except (etree.XMLSyntaxError, *PACKAGE_TROUBLE) as why:
        yield Problem(at, "part-damaged", f"{name} breaks off ({said_of(why)})")


class _Reach(msgspec.Struct, frozen=True):
    """Parts that hold text (name, kind, role) in reading order, links out, parts that are files."""

    parts: tuple[tuple[str, str, Role], ...]
    outside: tuple[tuple[str, str], ...]
    files: frozenset[str]


def _reach(package: Package) -> _Reach:
    """What the relationships reach, each part once; then what nothing reaches any more."""
    found: dict[str, tuple[str, Role]] = {}
    outside: list[tuple[str, str]] = []
    files: set[str] = set()
    pending = [""]
    while len(pending) > 0:
        part = pending.pop(0)
        for link in _in_order(package, part):
            if link.external:
                outside.append((link.kind, link.target))
            elif link.kind in _FILES:
                files.add(link.target.lower())
                if link.kind == "control":
                    pending.append(link.target)
            elif link.kind in _ROLES and link.target.lower() not in found:
                found[link.target.lower()] = (link.kind, _ROLES[link.kind])
                pending.append(link.target)
    for name in package.names:
        if _LEFT_BEHIND.fullmatch(name) is not None and name.lower() not in found:
            found[name.lower()] = ("left behind", _role_of_name(name))
    # Masters come last: they are read for what they hold, not where they would be seen.
    parts = sorted(found.items(), key=lambda item: item[1][0] in _MASTERS)
    return _Reach(
        tuple((name, kind, role) for name, (kind, role) in parts), tuple(outside), frozenset(files)
    )


def _role_of_name(name: str) -> Role:
    base = name.rpartition("/")[2].lower()
    return next((role for kind, role in _BY_NAME if base.startswith(kind)), Role.BODY)


_BY_NAME = (
    ("header", Role.HEADER),
    ("footer", Role.FOOTER),
    ("footnotes", Role.NOTE),
    ("endnotes", Role.NOTE),
    ("notesslide", Role.NOTE),
    ("comment", Role.COMMENT),
    ("moderncomment", Role.COMMENT),
)


def _in_order(package: Package, part: str) -> list[Link]:
    """The relationships of a part; the slides of a presentation in its own order of them."""
    links = list(package.links(part).values())
    if not any(link.kind == "slide" for link in links) or not package.has(part):
        return links
    order = {number: place for place, number in enumerate(_slide_numbers(package, part))}
    return sorted(links, key=lambda link: order.get(link.id, len(order)))


def _slide_numbers(package: Package, part: str) -> list[str]:
    """The relationship ids in the list of slides (ECMA-376 Part 1, §19.2.1.34)."""
    try:
        return [
            value
            for element in elements(package.open(part))
            if isinstance(element.tag, str) and element.tag.endswith("}sldId")
            for key, value in element.attrib.items()
            if key.endswith("relationships}id")
        ]
    except PACKAGE_TROUBLE:
        return []  # the part is read, and its trouble said, in its turn


WORD_DOCUMENT = Reader(
    name="document",
    version=6,
    media_types=(
        _OOXML + "wordprocessingml.document",
        _OOXML + "wordprocessingml.template",
        "application/vnd.ms-word.document.macroenabled.12",
        "application/vnd.ms-word.template.macroenabled.12",
        _OOXML + "presentationml.presentation",
        _OOXML + "presentationml.slideshow",
        _OOXML + "presentationml.template",
        "application/vnd.ms-powerpoint.presentation.macroenabled.12",
        "application/vnd.ms-powerpoint.slideshow.macroenabled.12",
        "application/vnd.ms-powerpoint.template.macroenabled.12",
        "application/vnd.ms-powerpoint.addin.macroenabled.12",
    ),
    read=read_document,
)
