"""Files that others cut or made wrong: what is in them comes out, and what is lost is said."""

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from muniment.core import Child, State, TextSpan
from tests.readers.contract import codes, read_bytes
from tests.readers.trove import trove

_WORDS = "Who is on the list"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    f"<w:p><w:r><w:t>{_WORDS}</w:t></w:r></w:p></w:body></w:document>"
)


def document() -> bytes:
    """A text document with a picture behind its text."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _LINKS)
        archive.writestr("word/document.xml", _BODY)
        archive.writestr("word/media/plan.bin", b"a plan of the hall " * 9)
    return made.getvalue()


def _offsets_moved(data: bytes) -> bytes:
    """Every offset in the directory three bytes too high."""
    moved, at = bytearray(data), data.index(b"PK\x01\x02")
    while (at := moved.find(b"PK\x01\x02", at)) >= 0:
        offset = int.from_bytes(moved[at + 42 : at + 46], "little")
        moved[at + 42 : at + 46] = struct.pack("<I", offset + 3)
        at += 4
    return bytes(moved)


def _directory_moved(data: bytes) -> bytes:
    start = int.from_bytes(data[-6:-2], "little")
    return data[:-6] + struct.pack("<I", start + 7) + data[-2:]


LOST: dict[str, Callable[[bytes], bytes]] = {
    "the directory is cut off": lambda data: data[: data.index(b"PK\x01\x02") + 9],
    "its end is cut off": lambda data: data[:-12],
    "its offsets are wrong": _offsets_moved,
    "its place is wrong": _directory_moved,
}


@pytest.mark.parametrize("sort", LOST)
def test_a_document_without_its_directory_is_a_document_still(tmp_path: Path, sort: str) -> None:
    reading, parts, _ = read_bytes(LOST[sort](document()), tmp_path)
    assert reading.reader == "document"
    assert [part.text for part in parts if isinstance(part, TextSpan)] == [_WORDS]
    assert len([part for part in parts if isinstance(part, Child)]) == 1
    assert codes(parts) == ["directory-missing"]


def test_a_document_whose_text_is_cut_off_is_an_archive_and_the_rest_comes_out(
    tmp_path: Path,
) -> None:
    data = document()
    cut = data[: data.index(b"word/document.xml") + 40]
    reading, parts, _ = read_bytes(cut, tmp_path)
    assert reading.media_type == "application/zip"
    assert [part.name for part in parts if isinstance(part, Child)] == [
        "[Content_Types].xml",
        "_rels/.rels",
    ]


def page_of(box: list[int]) -> bytes:
    """A PDF page whose MediaBox is this."""
    pdf = pikepdf.Pdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=box,
        Contents=pdf.make_stream(f"BT /F1 12 Tf 72 700 Td ({_WORDS}) Tj ET".encode()),
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()


BOXES = {
    "corners in another order": ([612, 792, 0, 0], []),
    "no size": ([0, 0, 0, 0], ["page-damaged"]),
    "a size that no page can have": ([0, 0, 10**9, 10**9], ["page-damaged"]),
}


@pytest.mark.parametrize("sort", BOXES)
def test_a_page_without_a_usable_size_is_read_all_the_same(tmp_path: Path, sort: str) -> None:
    box, said = BOXES[sort]
    _, parts, _ = read_bytes(page_of(box), tmp_path)
    (line,) = (part for part in parts if isinstance(part, TextSpan))
    assert (line.text, line.hidden) == (_WORDS, False)
    assert codes(parts) == said


@pytest.mark.parametrize(
    "made_wrong", [lambda data: data[9:], lambda data: b"\0junk\0line" * 300 + data]
)
def test_a_pdf_that_does_not_begin_as_one_is_known_by_its_end(
    tmp_path: Path, made_wrong: Callable[[bytes], bytes]
) -> None:
    reading, parts, _ = read_bytes(made_wrong(page_of([0, 0, 612, 792])), tmp_path)
    assert reading.reader == "pdf"
    assert [part.text for part in parts if isinstance(part, TextSpan)] == [_WORDS]
    assert codes(parts) == ["repaired"]


def test_a_pdf_without_trailer_and_without_directory_is_put_together(tmp_path: Path) -> None:
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 99 99]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length 43>>\nstream\nBT /F 9 Tf 9 70 Td (Who is on the list) Tj ET\nendstream",
    )
    written = [b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1)]
    _, parts, _ = read_bytes(b"%PDF-1.4\n" + b"".join(written), tmp_path)
    assert [part.text for part in parts if isinstance(part, TextSpan)] == [_WORDS]
    assert codes(parts) == ["repaired"]


@pytest.mark.parametrize(
    ("behind", "said"), [(b"", []), (bytes(9), []), (b"x", ["trailing-bytes"])]
)
def test_bytes_behind_a_gzip_stream_do_not_cost_its_content(
    tmp_path: Path, behind: bytes, said: list[str]
) -> None:
    data = gzip.compress(b"one, ") + gzip.compress(b"and another") + behind
    _, parts, folder = read_bytes(data, tmp_path)
    (child,) = (part for part in parts if isinstance(part, Child))
    assert (folder / child.digest.hex).read_bytes() == b"one, and another"
    assert codes(parts) == said


def test_a_property_list_that_holds_itself_says_so(tmp_path: Path) -> None:
    trailer = bytes(6) + b"\1\1" + struct.pack(">QQQ", 1, 0, 10)
    reading, parts, _ = read_bytes(b"bplist00\xa1\x00\x08" + trailer, tmp_path)
    assert reading.state is State.UNREADABLE
    assert codes(parts) == ["part-damaged"]


def test_a_compound_file_whose_sectors_lead_in_a_circle_is_never_merely_empty(
    tmp_path: Path,
) -> None:
    data = bytearray(Path(trove("testEXCEL.xls")).read_bytes())
    table = 512 + 512 * int.from_bytes(data[76:80], "little")
    data[table : table + 512] = struct.pack("<I", 1) * 128
    reading, parts, _ = read_bytes(bytes(data), tmp_path)
    assert reading.state is State.UNREADABLE
    assert "directory-damaged" in codes(parts)


def test_an_lha_header_that_is_cut_ends_in_a_state(tmp_path: Path) -> None:
    reading, _, _ = read_bytes(b"\x1e\x17-lh0-", tmp_path)
    assert reading.state is State.UNREADABLE
