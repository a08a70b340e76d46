# ruff: noqa: E501 - the XML of a package reads best unbroken
"""Small files of every kind that is read here, made on the spot: nothing and nobody is real."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from email.message import EmailMessage

import openpyxl
import pikepdf
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CONTENT_TYPES = """<?xml version="1.0"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>"""
_RELS = """<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"""
_REL = '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>'


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these members, at a fixed time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2018, 5, 23, 10, 30, 0)), data, method)
    return buffer.getvalue()


def tarred(*members: tuple[str, bytes]) -> bytes:
    """A tar with these members and a link."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in members:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return buffer.getvalue()


def gzipped(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with gzip.GzipFile("list.csv", "wb", fileobj=buffer, mtime=1_526_985_600) as stream:
        stream.write(data)
    return buffer.getvalue()


def bzipped(data: bytes) -> bytes:
    return bz2.compress(data)


def xzipped(data: bytes) -> bytes:
    return lzma.compress(data)


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 6), **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(buffer, kind, **options)
    return buffer.getvalue()


def photograph() -> bytes:
    """A JPEG with EXIF: maker, a time, an orientation."""
    exif = Image.Exif()
    exif[0x010F] = "Muniment Optics"
    exif[0x0132] = "2018:05:23 10:30:00"
    exif[0x0112] = 6
    return picture("JPEG", exif=exif)


def workbook() -> bytes:
    """Two sheets, one very hidden; a formula, a date, a comment, a merge, hidden row and column."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    sheet.append(["姓名", "年份", "日期"])
    sheet.append(["甲", 1969, 43_243.4375])
    sheet["C2"].number_format = "yyyy-mm-dd hh:mm"
    sheet["D2"] = "=B2+1"
    sheet["A3"] = "hidden row"
    sheet.row_dimensions[3].hidden = True
    sheet["F4"] = "hidden column"
    sheet.column_dimensions["F"].hidden = True
    sheet["A2"].comment = Comment("look here", "a person")
    sheet.merge_cells("A5:C5")
    sheet["A5"] = True
    sheet["B7"] = 0.1
    sheet.add_image(SheetImage(io.BytesIO(picture())), "H2")
    secret = book.create_sheet("Secret")
    secret["B2"] = "very hidden"
    secret.sheet_state = "veryHidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def document(body: str | None = None, **parts: bytes) -> bytes:
    """A Word document with a table, a tracked deletion, a text box, a footnote and a header."""
    body = BODY if body is None else body
    main = f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    note = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1">{paragraph("a note")}</w:footnote></w:footnotes>'
    header = f'<w:hdr xmlns:w="{W}">{paragraph("a header")}</w:hdr>'
    links = (("n", "footnotes", "footnotes.xml"), ("h", "header", "header1.xml"))
    return zipped(
        ("[Content_Types].xml", _CONTENT_TYPES.encode()),
        (
            "_rels/.rels",
            _RELS.format(_REL.format("d", "officeDocument", "word/document.xml")).encode(),
        ),
        ("word/document.xml", main.encode()),
        (
            "word/_rels/document.xml.rels",
            _RELS.format("".join(_REL.format(*x) for x in links)).encode(),
        ),
        ("word/footnotes.xml", note.encode()),
        ("word/header1.xml", header.encode()),
        ("word/media/image1.png", picture()),
        *parts.items(),
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


BODY = (
    paragraph("First")
    + "<w:tbl><w:tr><w:tc>"
    + paragraph("in a cell")
    + "</w:tc></w:tr></w:tbl>"
    + '<w:p><w:r><w:t xml:space="preserve">kept </w:t></w:r>'
    '<w:del w:author="Somebody" w:date="2018-05-23T10:30:00Z"><w:r><w:delText>struck</w:delText></w:r></w:del>'
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r></w:p>"
    "<w:p><w:r><w:txbxContent>" + paragraph("boxed") + "</w:txbxContent></w:r></w:p>"
)


def pdf(
    *pages: bytes, rotate: int = 0, attach: bool = True, owner: str = "", user: str = ""
) -> bytes:
    """A PDF with these content streams, 300 by 200 points, visible from (50, 40)."""
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for content in pages:
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, 400, 300],
            CropBox=[50, 40, 350, 240],
            Rotate=rotate,
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)),
            Contents=document.make_stream(content),
        )
        document.pages.append(pikepdf.Page(document.make_indirect(page)))
    document.docinfo["/Title"] = "A list"
    if attach:
        document.attachments["note.txt"] = b"attached"
    buffer = io.BytesIO()
    encryption = pikepdf.Encryption(owner=owner, user=user, R=6) if owner else False
    document.save(buffer, encryption=encryption, deterministic_id=not owner)
    return buffer.getvalue()


def line(text: str, x: int, y: int, mode: int = 0) -> bytes:
    return f"BT /F1 12 Tf {mode} Tr {x} {y} Td ({text}) Tj ET\n".encode()


def mail() -> bytes:
    """A message in two forms with an attachment and a message inside."""
    message = EmailMessage()
    message["From"] = "a@example.org"
    message["To"] = "b@example.org"
    message["Subject"] = "清单 list"
    message["Received"] = "from one"
    message["Received"] = "from two"
    message.set_content("See the list.\n\nTwo paragraphs.\n")
    message.add_alternative("<p>See <b>the</b> list.</p><script>no()</script>", subtype="html")
    message.add_attachment(b"1,2\n", maintype="text", subtype="csv", filename="список.csv")
    inner = EmailMessage()
    inner["Subject"], inner["From"] = "inner", "c@example.org"
    inner.set_content("inside\n")
    message.add_attachment(inner)
    message.set_boundary("=-=boundary=-=")
    return message.as_bytes()


def mailbox() -> bytes:
    one = b"From a@example.org Wed May 23 10:30:00 2018\nFrom: a@example.org\nSubject: one\nDate: now\n\nBody\n\n"
    return one + one.replace(b"one", b"two").replace(b"Body", b"From here on, text.")
