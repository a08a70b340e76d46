"""Office documents in one XML file: Word 2003 XML, and Open XML packages in flat form.

    w:wordDocument    WordprocessingML of Word 2003
    pkg:package       the parts of a package, each in a pkg:part (flat OPC)

- Text stands at `Element("", child sequence)` of the one file.
- Pictures and objects stand in it in base64, and come out as children at their elements.

Source: Microsoft, "Office 2003 XML Reference Schemas"; ECMA-376 Part 2 for the parts inside.
"""

from collections.abc import Iterator, Mapping

from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Element, Metadata, Part, Problem, Role, Whole
from muniment.readers.base64_files import base64_files
from muniment.readers.embedded_files import embedded
from muniment.readers.reader import Context, Reader
from muniment.readers.said_of_errors import said_of
from muniment.readers.source import Source
from muniment.readers.word_part import read_word_part
from muniment.readers.xml_events import Step, xml_events

_MARKS = (
    b"http://schemas.microsoft.com/office/word/2003/wordml",
    b"http://schemas.microsoft.com/office/2006/xmlPackage",
)
_BINARIES = ("binData", "binaryData", "docSuppData")
_PROPERTIES: Mapping[str, str] = {
    "Title": "title",
    "Subject": "subject",
    "Author": "creator",
    "Keywords": "keywords",
    "Description": "description",
    "LastAuthor": "lastModifiedBy",
    "Revision": "revision",
    "TotalTime": "TotalTime",
    "Created": "created",
    "LastSaved": "modified",
    "LastPrinted": "lastPrinted",
    "Pages": "Pages",
    "Words": "Words",
    "Characters": "Characters",
    "Category": "category",
    "Manager": "Manager",
    "Company": "Company",
}
_CORE = ("title", "subject", "creator", "keywords", "description", "lastModifiedBy", "created")
_STATED = {**_PROPERTIES, **{name: name for name in (*_CORE, "modified", "revision", "category")}}


def read_office_xml(source: Source, context: Context) -> Iterator[Part]:
    """The text, changes, comments, properties and embedded files of a document."""
    try:
        yield from _properties(source)
        yield from read_word_part(source.stream(), "", Role.BODY)
        found = list(base64_files(source.stream(), lambda _: "", _BINARIES))
    except etree.XMLSyntaxError as why:
        yield Problem(Whole(), "part-damaged", f"the file breaks off ({said_of(why)})")
        return
    yield from embedded(found, context)


def _properties(source: Source) -> Iterator[Part]:
    """What DocumentProperties, or the core properties of a package, state."""
    inside, at, written = False, Element("", (1,)), ""
    for event in xml_events(source.stream(), lambda _: ""):
        if event.value in ("DocumentProperties", "CustomDocumentProperties", "coreProperties"):
            inside = event.step is Step.START
        elif not inside:
            continue
        elif event.step is Step.START:
            at, written = Element("", event.path), ""
        elif event.step is Step.TEXT:
            written += event.value
        elif written.strip() != "":
            yield Metadata(at, _STATED.get(event.value, event.value), written.strip())
            written = ""


def _is_office_xml(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and any(mark in head for mark in _MARKS)


OFFICE_XML = Reader(
    name="office-xml",
    version=1,
    media_types=("application/vnd.ms-wordml", "application/vnd.ms-word2006ml"),
    read=read_office_xml,
    recognises=_is_office_xml,
    begins=rb"[\xef\xbb\xbf \t\r\n]*<",
)
