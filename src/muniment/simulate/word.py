"""Writes .docx files with the parts that readers forget: header, footer, footnote, deletion, table.

Invariants:

- the parts are the smallest that Word opens (ECMA-376-1, 11.3 and 17); zip times are fixed;
- `text` of the result is the body in reading order, a paragraph or table row a line, cells joined
  by tabs, deleted words left out; what stands outside the body is in `outside`.
"""

from xml.sax.saxutils import escape

import msgspec

from muniment.simulate.zips import entry, zip_bytes

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml."


class Document(msgspec.Struct, frozen=True):
    """What a document holds; empty parts are left out of the file."""

    paragraphs: tuple[str, ...]
    header: str = ""
    footer: str = ""
    footnote: str = ""  # attached to the first paragraph
    deleted: str = ""  # struck from the end of the last paragraph, kept as a tracked deletion
    inserted: str = ""  # put in its place, tracked
    table: tuple[tuple[str, ...], ...] = ()  # after the paragraphs
    right_to_left: bool = False
    author: str = "科员"
    created: str = "2017-09-04"  # day, in the document's own properties

    @property
    def text(self) -> str:
        lines = [*self.paragraphs[:-1], self.paragraphs[-1] + self.inserted]
        lines += ["\t".join(row) for row in self.table]
        return "\n".join(lines)

    @property
    def outside(self) -> tuple[str, ...]:
        """Words that stand in the file but not in its body text."""
        parts = (self.header, self.footer, self.footnote, self.deleted)
        return tuple(part for part in parts if part)


def docx_bytes(document: Document) -> bytes:
    """The file; equal documents give equal bytes."""
    parts = {"word/document.xml": _body(document)}
    for name in ("header", "footer"):
        written = getattr(document, name)
        if written:
            tag = "hdr" if name == "header" else "ftr"
            parts[f"word/{name}1.xml"] = _wrap(tag, f"<w:p>{_run(written)}</w:p>")
    if document.footnote:
        parts["word/footnotes.xml"] = _footnotes(document.footnote)
    files = {
        "[Content_Types].xml": _content_types(tuple(parts)),
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}, _core_relation()),
        "docProps/core.xml": _core(document),
        "word/_rels/document.xml.rels": _relations(
            {
                part.removeprefix("word/").removesuffix(".xml").rstrip("1"): part[5:]
                for part in parts
                if part != "word/document.xml"
            }
        ),
        **parts,
    }
    return zip_bytes([entry(name, (_HEAD + xml).encode()) for name, xml in files.items()])


def _body(document: Document) -> str:
    direction = "<w:pPr><w:bidi/></w:pPr>" if document.right_to_left else ""
    written = []
    for position, paragraph in enumerate(document.paragraphs):
        runs = _run(paragraph)
        if position == 0 and document.footnote:
            runs += '<w:r><w:footnoteReference w:id="2"/></w:r>'
        if position == len(document.paragraphs) - 1:
            runs += _changes(document)
        written.append(f"<w:p>{direction}{runs}</w:p>")
    if document.table:
        written.append(_table(document.table))
    return _wrap("document", f"<w:body>{''.join(written)}{_section(document)}</w:body>")


def _changes(document: Document) -> str:
    marks = f'w:author="{escape(document.author)}" w:date="2017-09-04T11:20:00Z"'
    gone = f'<w:del w:id="7" {marks}><w:r><w:delText>{escape(document.deleted)}</w:delText></w:r>'
    new = f'<w:ins w:id="8" {marks}>{_run(document.inserted)}</w:ins>'
    return (f"{gone}</w:del>" if document.deleted else "") + (new if document.inserted else "")


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    drawn = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:tcPr/><w:p>{_run(cell)}</w:p></w:tc>" for cell in row)
        + "</w:tr>"
        for row in rows
    )
    grid = "<w:gridCol/>" * len(rows[0])
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{drawn}</w:tbl>"


def _section(document: Document) -> str:
    references = "".join(
        f'<w:{name}Reference w:type="default" r:id="{name}"/>'
        for name in ("header", "footer")
        if getattr(document, name)
    )
    return f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def _footnotes(text: str) -> str:
    separators = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r>'
        "<w:continuationSeparator/></w:r></w:p></w:footnote>"
    )
    return _wrap(
        "footnotes", f'{separators}<w:footnote w:id="2"><w:p>{_run(text)}</w:p></w:footnote>'
    )


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _wrap(tag: str, inside: str) -> str:
    return f'<w:{tag} xmlns:w="{_W}" xmlns:r="{_R}">{inside}</w:{tag}>'


def _core_relation() -> str:
    kind = f"{_PACKAGE}/relationships/metadata/core-properties"
    return f'<Relationship Id="core" Type="{kind}" Target="docProps/core.xml"/>'


def _relations(targets: dict[str, str], more: str = "") -> str:
    rows = "".join(
        f'<Relationship Id="{name}" Type="{_R}/{name}" Target="{target}"/>'
        for name, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}{more}</Relationships>'


def _content_types(parts: tuple[str, ...]) -> str:
    kinds = {"document": "document.main+xml"}
    rows = "".join(
        f'<Override PartName="/{part}" ContentType="{_PART}{kinds.get(name, name + "+xml")}"/>'
        for part in parts
        for name in (part.removeprefix("word/").removesuffix(".xml").rstrip("1"),)
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{rows}<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
    )


def _core(document: Document) -> str:
    space = f"{_PACKAGE}/metadata/core-properties"
    stamp = '<dcterms:{0} xsi:type="dcterms:W3CDTF">{1}T{2}:12:00Z</dcterms:{0}>'
    return (
        f'<cp:coreProperties xmlns:cp="{space}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:creator>{escape(document.author)}</dc:creator>"
        f"{stamp.format('created', document.created, '02')}"
        f"{stamp.format('modified', document.created, '09')}</cp:coreProperties>"
    )
