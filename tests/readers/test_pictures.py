"""Pictures: what they state, how they are built, and what they carry with them."""

import io
import struct
import zlib
from pathlib import Path
from typing import ClassVar

import msgspec
import pytest
from PIL import Image

from muniment.core import Area, Child, Field, Metadata, Part, Relation, State, Tally, TextSpan
from muniment.readers import child_path
from muniment.readers.icc_profile import icc_parts
from muniment.readers.jumbf_boxes import jumbf_labels
from muniment.readers.metafile import METAFILE
from muniment.readers.photoshop_resources import iptc_parts
from muniment.readers.raster import RASTER
from muniment.readers.xmp_packet import xmp_parts
from muniment.readers.xmp_sidecar import XMP_SIDECAR
from tests.readers import samples
from tests.readers.contract import LIMITS, ReaderContract, codes, kinds, read_bytes

XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Muniment 1"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
 xmpMM:DocumentID="xmp.did:1969"><dc:title><rdf:Alt><rdf:li xml:lang="zh">&#22995;</rdf:li>
</rdf:Alt></dc:title><xmpMM:History><rdf:Seq><rdf:li stEvt:action="created"/>
<rdf:li rdf:parseType="Resource">
<stEvt:action>saved</stEvt:action></rdf:li></rdf:Seq></xmpMM:History></rdf:Description></rdf:RDF>
</x:xmpmeta>"""


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def iptc(*datasets: tuple[int, int, bytes]) -> bytes:
    return b"".join(struct.pack(">BBBH", 0x1C, r, d, len(v)) + v for r, d, v in datasets)


def resource(number: int, data: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + b"\0" * (len(data) & 1)


def full_jpeg(behind: bytes = b"") -> bytes:
    """A photograph with XMP, IPTC, a comment, and something behind its end."""
    plain = samples.photograph()
    captions = iptc((1, 90, b"\x1b%G"), (2, 120, "说明".encode()), (2, 25, b"a"), (2, 25, b"b"))
    more = (
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)
        + segment(0xED, b"Photoshop 3.0\0" + resource(1028, captions))
        + segment(0xFE, b"made by hand")
    )
    return plain[:2] + more + plain[2:] + behind


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def full_png() -> bytes:
    plain = samples.picture("PNG")
    texts = chunk(b"tEXt", b"Author\0\xe9") + chunk(b"zTXt", b"Long\0\0" + zlib.compress(b"z" * 99))
    texts += chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)
    texts += chunk(b"tIME", struct.pack(">H5B", 2018, 5, 23, 10, 30, 0))
    return plain[:33] + texts + plain[33:]


def animation() -> bytes:
    frames = [Image.new("RGB", (8, 6), (shade, 9, 9)) for shade in (0, 90, 180)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], comment=b"three")
    return buffer.getvalue()


def pages() -> bytes:
    buffer = io.BytesIO()
    first, second = (Image.new("L", size, 9) for size in ((8, 6), (4, 4)))
    first.save(buffer, "TIFF", save_all=True, append_images=[second])
    return buffer.getvalue()


def emf(*texts: str) -> bytes:
    """A metafile that draws these texts ([MS-EMF] §2.3.4.2, §2.3.5.8)."""
    records = b""
    for text in texts:
        raw = text.encode("utf-16-le")
        raw += b"\0" * (-len(raw) % 4)
        fixed = struct.pack("<II", 84, 76 + len(raw)) + bytes(28)
        fixed += struct.pack("<iiII", 0, 0, len(text), 76) + bytes(24)
        records += fixed + raw
    records += struct.pack("<IIIII", 14, 20, 0, 16, 20)
    head = struct.pack("<II4i4i4sI", 1, 88, 0, 0, 99, 49, 0, 0, 1, 1, b" EMF", 0x10000)
    return head.ljust(88, b"\0") + records


def wmf(text: bytes) -> bytes:
    """A placeable metafile with a Cyrillic font and one text ([MS-WMF] §2.3.2.3, §2.3.3.20)."""
    head = b"\xd7\xcd\xc6\x9a" + struct.pack("<H4hHIH", 0, 0, 0, 100, 50, 96, 0, 0)
    font = struct.pack("<IH", 3 + 9, 0x02FB) + bytes(13) + bytes((204,)) + bytes(4)
    body = struct.pack("<H", len(text)) + text + b"\0" * (len(text) & 1) + bytes(4)
    drawn = struct.pack("<IH", 3 + len(body) // 2, 0x0521) + body
    header = struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 1, 0, 0)
    return head + header + font + drawn + struct.pack("<IH", 3, 0)


class TestRasterFormats(ReaderContract):
    reader = RASTER
    samples: ClassVar = {
        "JPEG with everything": full_jpeg(samples.zipped(("a", b"hidden"))),
        "PNG with texts": full_png(),
        "animation": animation(),
        "two pages": pages(),
        "AVIF": samples.picture("AVIF"),
        "JPEG 2000": samples.picture("JPEG2000", size=(64, 64)),
        "icon": samples.picture("ICO", size=(32, 32)),
        "PNM": samples.picture("PPM"),
        "PCX": samples.picture("PCX"),
        "DDS": samples.picture("DDS"),
    }


class TestMetafile(ReaderContract):
    reader = METAFILE
    samples: ClassVar = {"EMF": emf("名单", "1969"), "WMF": wmf("имя".encode("cp1251"))}


class TestXmpSidecar(ReaderContract):
    reader = XMP_SIDECAR
    samples: ClassVar = {"a packet alone": XMP}


def stated(parts: list[Part], name: str) -> list[str]:
    return [part.written for part in parts if isinstance(part, Metadata) and part.name == name]


def children(parts: list[Part]) -> list[Child]:
    return [part for part in parts if isinstance(part, Child)]


def test_a_jpeg_states_all_that_it_was_given(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(full_jpeg(), tmp_path)
    assert stated(parts, "XMP xmpMM:DocumentID") == ["xmp.did:1969"]
    assert stated(parts, "XMP dc:title[zh]") == ["姓"]
    assert stated(parts, "XMP xmpMM:History[2]/stEvt:action") == ["saved"]
    assert stated(parts, "IPTC 2:120 caption") == ["说明"]
    assert stated(parts, "IPTC 2:25 keyword") == ["a", "b"]
    assert stated(parts, "comment") == ["made by hand"]
    assert stated(parts, "Image Make") == ["Muniment Optics"]
    assert codes(parts) == []


def test_how_a_jpeg_is_built_is_stated(tmp_path: Path) -> None:
    data = samples.picture("JPEG", quality=50, subsampling=2)
    _, parts, _ = read_bytes(data, tmp_path)
    assert stated(parts, "JPEG process") == ["SOF0"]
    assert stated(parts, "JPEG sampling") == ["2x2,1x1,1x1"]
    # T.81 Annex K, table K.1 in zigzag order: quality 50 of the common library is that table.
    assert stated(parts, "JPEG quantisation table 0")[0].startswith("16 11 12 14 12 10 16 14")
    assert stated(parts, "JPEG markers")[0].startswith("SOI APP0 DQT")
    assert stated(parts, "JPEG markers")[0].endswith("SOS EOI")


def test_what_stands_behind_a_picture_is_a_file(tmp_path: Path) -> None:
    hidden = samples.zipped(("a", b"hidden"))
    for plain in (samples.picture("JPEG"), samples.picture("PNG"), samples.picture("GIF")):
        _, parts, scratch = read_bytes(plain + hidden, tmp_path)
        assert codes(parts) == ["trailing-bytes"]
        [child] = children(parts)
        assert child.at == Field("bytes behind the end")
        assert Path(child_path(str(scratch), child.digest)).read_bytes() == hidden


def test_padding_is_no_file(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(samples.picture("JPEG") + bytes(99), tmp_path)
    assert stated(parts, "bytes behind the end") == ["99 bytes of padding, all 00"]
    assert children(parts) == []


def test_the_film_of_a_motion_photo_is_a_file(tmp_path: Path) -> None:
    film = struct.pack(">I", 16) + b"ftypisom\0\0\0\0" + bytes(range(40))
    _, parts, _ = read_bytes(samples.picture("JPEG") + b"MotionPhoto_Data" + film, tmp_path)
    assert [child.size for child in children(parts)] == [16 + len(film), len(film)]


def test_a_png_states_its_texts(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(full_png(), tmp_path)
    assert stated(parts, "PNG Author") == ["é"]
    assert stated(parts, "PNG Long") == ["z" * 99]
    assert stated(parts, "PNG tIME") == ["2018-05-23 10:30:00"]
    assert stated(parts, "XMP dc:title[zh]") == ["姓"]
    assert stated(parts, "PNG chunks") == ["IHDR tEXt zTXt iTXt tIME IDAT IEND"]


def test_every_frame_and_page_is_a_picture(tmp_path: Path) -> None:
    for data, sort, count in ((animation(), "frames", 3), (pages(), "pages", 2)):
        _, parts, _ = read_bytes(data, tmp_path)
        assert [p.announced for p in parts if isinstance(p, Tally) and p.sort == sort] == [count]
        pictures = [part.at for part in parts if type(part).__name__ == "Image"]
        assert pictures == [Area(page=number + 1) for number in range(count)]


def test_a_preview_in_a_raw_is_a_file(tmp_path: Path) -> None:
    """A TIFF whose second directory holds a JPEG, as camera raws do."""
    preview = samples.picture("JPEG")
    entries = [(0x100, 4, 1, 1), (0x201, 4, 1, 200), (0x202, 4, 1, len(preview))]
    first = struct.pack("<H", 1) + struct.pack("<HHII", 0x100, 4, 1, 1) + struct.pack("<I", 60)
    second = struct.pack("<H", 3) + b"".join(struct.pack("<HHII", *e) for e in entries) + bytes(4)
    raw = (b"II*\0" + struct.pack("<I", 8) + first).ljust(60, b"\0")
    raw = (raw + second).ljust(200, b"\0") + preview
    reading, parts, scratch = read_bytes(raw, tmp_path)
    [child] = children(parts)
    assert child.relation is Relation.THUMBNAIL
    assert Path(child_path(str(scratch), child.digest)).read_bytes() == preview
    assert reading.state is State.READ


def test_a_metafile_gives_its_words(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(emf("名单", "1969"), tmp_path)
    spans = [part for part in kinds(parts, TextSpan) if isinstance(part, TextSpan)]
    assert [(s.at, s.text) for s in spans] == [
        (Field("EMR_EXTTEXTOUTW"), "名单"),
        (Field("EMR_EXTTEXTOUTW", 2), "1969"),
    ]
    _, parts, _ = read_bytes(wmf("имя".encode("cp1251")), tmp_path)
    assert [part.text for part in parts if isinstance(part, TextSpan)] == ["имя"]


def test_a_c2pa_manifest_is_named_and_not_believed() -> None:
    label = b"c2pa\0"
    described = struct.pack(">I", 25 + len(label)) + b"jumd" + bytes(16) + b"\x03" + label
    box = struct.pack(">I", 8 + len(described)) + b"jumb" + described
    [part] = jumbf_labels(box)
    assert part.written == f"c2pa ({len(box)} bytes)"  # type: ignore[union-attr]


def test_an_icc_profile_says_what_it_is_called() -> None:
    text = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"sRGB\0"
    head = bytearray(128)
    struct.pack_into(">6H", head, 24, 1998, 2, 9, 6, 49, 0)
    head[36:40] = b"acsp"
    profile = bytes(head) + struct.pack(">I4sII", 1, b"desc", 144, len(text)) + text
    assert [part.written for part in icc_parts(profile)] == ["1998-02-09 06:49:00", "sRGB"]  # type: ignore[union-attr]


DAMAGED = {
    "no XML": b"<x:xmpmeta",
    "an entity bomb": b'<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>',
    "nothing": b"",
    "deep": b"<a>" * 5_000,
}


@pytest.mark.parametrize("sort", DAMAGED)
def test_a_damaged_packet_costs_itself(sort: str) -> None:
    assert all(not isinstance(part, TextSpan) for part in xmp_parts(DAMAGED[sort], []))
    assert list(iptc_parts(DAMAGED[sort])) == []


@pytest.mark.parametrize("prefix", [b"", b"Exif\0\0"])
def test_exif_of_a_webp_is_read_as_writers_spell_it(prefix: bytes, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "at the gate"
    data = samples.picture("WEBP", exif=prefix + exif.tobytes().removeprefix(b"Exif\0\0"))
    _, parts, _ = read_bytes(data, tmp_path)
    assert stated(parts, "Image ImageDescription") == ["at the gate"]


def test_a_picture_of_too_many_pixels_says_what_it_states(tmp_path: Path) -> None:
    limits = msgspec.structs.replace(LIMITS, pixels=10)
    reading, parts, _ = read_bytes(full_png(), tmp_path, limits)
    assert reading.state is State.REFUSED
    assert stated(parts, "PNG Author") == ["é"]


def test_what_windows_writes_into_exif_is_text(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x9C9B] = "у ворот".encode("utf-16-le") + b"\0\0"
    parts = read_bytes(samples.picture("JPEG", exif=exif), tmp_path)[1]
    assert stated(parts, "Image XPTitle") == ["у ворот"]
