"""PDFs of every kind that is read here, made on the spot: nothing and nobody is real."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.readers.samples import line


def document(*pages: bytes, rotate: int = 0, height: int = 600) -> pikepdf.Pdf:
    """A document of pages 400 points wide with these content streams."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    for content in pages:
        page = Dictionary(
            Type=Name.Page,
            MediaBox=[0, 0, 400, height],
            Rotate=rotate,
            Resources=Dictionary(Font=Dictionary(F1=font)),
            Contents=pdf.make_stream(content),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    """The document's bytes, the same each time."""
    buffer = io.BytesIO()
    pdf.save(buffer, deterministic_id="encryption" not in options, **options)
    return buffer.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The document after a change."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        return saved(pdf)


def text_at(words: Sequence[tuple[str, int, int]]) -> bytes:
    """A content stream with each text at its place."""
    return b"".join(line(text, x, y) for text, x, y in words)


def rows(table: Sequence[Sequence[str]], left: int = 40, top: int = 500, step: int = 20) -> bytes:
    """Rows of texts, a hundred points from column to column."""
    return text_at(
        [
            (text, left + 100 * column, top - step * row)
            for row, cells in enumerate(table)
            for column, text in enumerate(cells)
            if text != ""
        ]
    )


def ruled(table: Sequence[Sequence[str]], left: int = 40, top: int = 500) -> bytes:
    """The same with a line round every cell."""
    high, wide = len(table), max(map(len, table))
    strokes = [f"{left - 5} {top + 14 - 20 * y} m {left - 5 + 100 * wide} {top + 14 - 20 * y} l S"
               for y in range(high + 1)]  # fmt: skip
    strokes += [f"{left - 5 + 100 * x} {top + 14} m {left - 5 + 100 * x} {top + 14 - 20 * high} l S"
                for x in range(wide + 1)]  # fmt: skip
    return rows(table, left, top) + "\n".join(strokes).encode()


FIGURES = (
    ("Place", "1957", "1958"),
    ("North", "10", "11"),
    ("South", "20", "22"),
    ("East", "30", "33"),
    ("West", "40", "44"),
)


def without_its_font() -> bytes:
    """A page in Chinese and in digits whose font is not in the file: another stands in for it."""
    text = "截至2018年6月30日60人。".encode("utf-16-be").hex()
    pdf = document(f"BT /F1 13 Tf 60 300 Td <{text}> Tj ET".encode())
    pdf.pages[0].Resources.Font.F1 = chinese_font(pdf)
    return saved(pdf)


def chinese_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """A font for Chinese that the file names and does not hold; its text is UTF-16."""
    described = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/STSong-Light"),
        Flags=6,
        FontBBox=[-25, -254, 1000, 880],
        ItalicAngle=0,
        Ascent=880,
        Descent=-120,
        CapHeight=880,
        StemV=93,
    )
    letters = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0,
        BaseFont=Name("/STSong-Light"),
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="GB1", Supplement=4),
        FontDescriptor=pdf.make_indirect(described),
        DW=1000,
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/STSong-Light"),
        Encoding=Name("/UniGB-UCS2-H"),
        DescendantFonts=Array([pdf.make_indirect(letters)]),
    )
    return pdf.make_indirect(font)


def annotated() -> bytes:
    """A note, a highlight over a word, a link, a hidden note, a stamp."""
    pdf = document(line("seen and marked", 60, 500))
    notes = [
        Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[100, 100, 120, 120],
                   Contents=String("look here"), T=String("A person"),
                   M=String("D:20180523103000Z")),
        Dictionary(Type=Name.Annot, Subtype=Name.Highlight, Rect=[60, 495, 88, 512],
                   QuadPoints=[60, 512, 86, 512, 60, 495, 86, 495]),
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[60, 400, 90, 420],
                   A=Dictionary(S=Name.URI, URI=String("https://example.org/list"))),
        Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=[60, 300, 90, 320], F=2,
                   Contents=String("not shown")),
        Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[60, 200, 90, 220], Name=Name.Secret),
    ]  # fmt: skip
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note) for note in notes])
    return saved(pdf)


def form() -> bytes:
    """A text field, a field inside another, a choice, a button, one that is drawn nowhere, XFA."""
    pdf = document(line("a form", 60, 500))

    def field(**entries: object) -> pikepdf.Object:
        return pdf.make_indirect(Dictionary(**entries))

    name = field(Type=Name.Annot, Subtype=Name.Widget, Rect=[60, 400, 160, 420], FT=Name.Tx,
                 T=String("name"), V=String("Jia"), TU=String("family name"))  # fmt: skip
    street = field(FT=Name.Tx, T=String("street"), V=String("12 North Road"))
    home = field(T=String("home"), Kids=Array([street]))
    choice = field(FT=Name.Ch, T=String("district"), V=String("2"),
                   Opt=Array([Array([String("1"), String("North")]), String("South")]))  # fmt: skip
    button = field(FT=Name.Btn, T=String("agreed"), V=Name.Yes)
    xfa = pdf.make_stream(b"<datasets><data><name>inside the packet</name></data></datasets>")
    pdf.pages[0].obj.Annots = Array([name])
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([name, home, choice, button]), XFA=Array([String("datasets"), xfa])
    )
    return saved(pdf)


def structured() -> bytes:
    """Bookmarks, a layer that is off, a script, XMP, page labels, an associated file."""
    content = line("always", 60, 500) + b"/OC /L1 BDC\n" + line("only printed", 60, 450) + b"EMC\n"
    pdf = document(content, line("two", 60, 500))
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("print")))
    pdf.pages[0].obj.Resources.Properties = Dictionary(L1=layer)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Second page", 1))
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('hello')"))
    with pdf.open_metadata(set_pikepdf_as_editor=False) as packet:
        packet["dc:title"] = "A list"
        packet["dc:creator"] = ["One", "Two"]
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r)]))
    embedded = Stream(pdf, b"1,2\n", Type=Name.EmbeddedFile,
                      Params=Dictionary(ModDate=String("D:20180523"), Size=4))  # fmt: skip
    named = Dictionary(Type=Name.Filespec, UF=String("data.csv"), EF=Dictionary(F=embedded))
    pdf.Root.AF = Array([pdf.make_indirect(named)])
    return saved(pdf)


def updated() -> bytes:
    """A file to which a second version was added: its page's content was replaced."""
    first = saved(
        document(line("first words", 60, 500)), object_stream_mode=pikepdf.ObjectStreamMode.disable
    )
    content = line("second words", 60, 500)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        number = pdf.pages[0].obj.Contents.objgen[0]
        size = int(pdf.trailer.Size)
        root = pdf.trailer.Root.objgen[0]
    start = len(first)
    body = f"{number} 0 obj\n<</Length {len(content)}>>\nstream\n".encode() + content
    body += b"\nendstream\nendobj\n"
    table = f"xref\n{number} 1\n{start:010} 00000 n \n".encode()
    previous = int(first.rsplit(b"startxref", 1)[1].split()[0])
    trailer = f"trailer\n<</Size {size}/Root {root} 0 R/Prev {previous}>>\n".encode()
    return first + body + table + trailer + f"startxref\n{start + len(body)}\n%%EOF\n".encode()


def signed() -> bytes:
    """A signature over half of the file, by a certificate made for it."""
    key = ec.derive_private_key(7, ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A Signer")])
    start = datetime(2018, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=9))
        .sign(key, hashes.SHA256())
    )
    packed = pkcs7.serialize_certificates([certificate], serialization.Encoding.DER)
    pdf = document(line("signed", 60, 500))
    value = Dictionary(
        Type=Name.Sig, SubFilter=Name("/adbe.pkcs7.detached"), M=String("D:20180523103000Z"),
        Reason=String("I agree"), ByteRange=Array([0, 100, 300, 200]),
        Contents=String(packed + bytes(64)),
    )  # fmt: skip
    field = Dictionary(FT=Name.Sig, T=String("approval"), V=pdf.make_indirect(value))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]))
    return saved(pdf)
