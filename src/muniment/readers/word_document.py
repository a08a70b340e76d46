"""Office Open XML documents and presentations (docx, docm, pptx): all text, and what is inside.

- Every part that the relationships reach and that holds text is read: body, headers, footers,
  notes, comments, text boxes, charts, diagrams, slides and their notes.
- A part that breaks off gives the paragraphs before the break and a Problem.
- Links out of the document are stated, never followed.
"""

from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Field, Metadata, Part, Problem, Role, Tally, Whole
from muniment.readers.document_protection import protections
from muniment.readers.ooxml_package import PACKAGE_TROUBLE, Package, children, properties
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source
from muniment.readers.word_part import read_word_part

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
    "glossaryDocument": Role.BOX,
    "diagramData": Role.BOX,
    "chart": Role.BOX,
}


_FILES = ("aFChunk", "oleObject", "package", "control", "vbaProject")


def read_document(source: Source, context: Context) -> Iterator[Part]:
    """The text, changes, comments, properties and embedded files of a document."""
    package = Package(source)
    yield from properties(package)
    yield from protections(package)
    reached, outside, files = _reach(package)
    if not any(role is Role.BODY and package.has(name) for name, role in reached):
        raise UnreadableError("its main part is missing")
    slides = sum(role is Role.BODY for _, role in reached) - 1
    if slides > 0:
        yield Tally(Whole(), "slides", slides)
    for name, role in reached:
        yield from _part(package, name, role)
    for number, (kind, target) in enumerate(outside, start=1):
        yield Metadata(Field("link", number), f"link ({kind})", target)
    yield from children(package, context, {}, files)
    yield from package.problems()


def _part(package: Package, name: str, role: Role) -> Iterator[Part]:
    if not package.has(name):
        yield Problem(Whole(), "part-missing", f"{name} is not in the package")
        return
    try:
        with package.open(name) as stream:
            yield from read_word_part(stream, package.written(name), role)
    except (etree.XMLSyntaxError, *PACKAGE_TROUBLE) as why:
        yield Problem(Whole(), "part-damaged", f"{name} breaks off ({type(why).__name__})")


def _reach(
    package: Package,
) -> tuple[list[tuple[str, Role]], list[tuple[str, str]], frozenset[str]]:
    """Parts that hold text, in the order they are reached; links out; parts that are files."""
    found: dict[str, Role] = {}
    outside: list[tuple[str, str]] = []
    files: set[str] = set()
    pending = [""]
    while len(pending) > 0:
        part = pending.pop(0)
        for link in package.links(part).values():
            if link.external:
                outside.append((link.kind, link.target))
            elif link.kind in _FILES:
                files.add(link.target.lower())
            elif link.kind in _ROLES and link.target not in found:
                found[link.target] = _ROLES[link.kind]
                pending.append(link.target)
    return list(found.items()), outside, frozenset(files)


WORD_DOCUMENT = Reader(
    name="document",
    version=2,
    media_types=(
        _OOXML + "wordprocessingml.document",
        _OOXML + "wordprocessingml.template",
        "application/vnd.ms-word.document.macroenabled.12",
        "application/vnd.ms-word.template.macroenabled.12",
        _OOXML + "presentationml.presentation",
        _OOXML + "presentationml.slideshow",
        _OOXML + "presentationml.template",
        "application/vnd.ms-powerpoint.presentation.macroenabled.12",
    ),
    read=read_document,
)
