"""The part file: whole or not there, the same digest for the same parts, and its bytes pinned."""

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import (
    Cell,
    CellArea,
    CellKind,
    Chars,
    Child,
    Element,
    Field,
    Image,
    IntegrityError,
    Member,
    Metadata,
    Part,
    Problem,
    Reading,
    Relation,
    State,
    Tally,
    TextSpan,
    Whole,
    digest_of,
)
from muniment.readers import PartWriter, read_parts, read_reading
from muniment.readers.encoding import array_header, encode
from muniment.readers.partfile import MAGIC

PARTS: list[Part] = [
    TextSpan(Chars(0, 2), "甲乙"),
    Cell(CellArea(5, 7, "名单"), CellKind.DATE, "43243", "2018-05-23", number_format="yyyy-mm-dd"),
    Image(Whole(), 8, 6),
    Metadata(Field("Received", 2), "Received", "from two"),
    Child(Member(3), 3, Relation.MEMBER, b"\xff", "\ufffd", digest_of(b"one"), 3, (("crc", "0"),)),
    Tally(Whole(), "members", 4),
    Problem(Element("word/document.xml", (1, 1, 12)), "part-damaged", "It breaks off."),
]
# Pinned. What version 1 wrote is read for ever; fields may be appended to a part, and then what
# is written now is another array, read by old and new programs alike (docs/formats/parts.md).
GOLDEN_DIGEST = "08d9e5ae270a3e2aea825ef5171136474307e81a266667375d2b2efeb5ad002d"
DIGEST_NOW = "7dad130d075e52215608d26d017ee6f8bcc12c2fdf11dbf2c6a921d10c2bd862"
GOLDEN_FILE = (
    "6d756e696d656e742d706172747320310a000001310000014178013d4f4f4b02411c4ded1fe4a94fb05f604d"
    "578588a0a053d7bec1ecce6f7369c6b17172f556a7ba08a963e131dc7517c9a06e11d1605e3bf7059220a82e"
    "dd6b2de91d1eef1ddee3bdf3b627a02aa46f15102fcfc455ef55debcdc763c93e1dab0e35940c8d92fcf2df4"
    "c6a7f571bdad948791003f973572d9be91ceaceae9bc6e6455bf1641a754c778a8a4ef50b40b0ddf2d30028b"
    "f332a4205014442ddf7680e070072c702a80e3ff2ab439a39a7059279ae310dcec51a026f044622a46b1efee"
    "e7c3fd51972377a4559a8f83fce6dde17a7c69edc37e3a395e36726fc9e2fe961a3c6f7c65de138d66d7e2d6"
    "455afa0211529b6e09fe4acbb33228716612a0328088a128ae5dc6f10a66d6c1c4a5aa94b462b1a4ba2c212e"
    "748c2687f0d5b6d04c0e68afac31db4efd00a9d98e2c00000000000000008ca664696765737481a3726177c4"
    "202958d416d08aa5a472d7b509036cb7eafd542add84527e66a145ea64cb4cdc75a473697a6506aa6d656469"
    "615f74797065aa746578742f706c61696ea6726561646572a474657874ae7265616465725f76657273696f6e"
    "01a57374617465a472656164a6726561736f6ea0a570617274739192a47465787401a9616e6e6f756e636564"
    "00a7656d697474656400a66661696c656400ac70617274735f64696765737481a3726177c42008d9e5ae270a"
    "3e2aea825ef5171136474307e81a266667375d2b2efeb5ad002d000000d84d554e4950415254"
)


def reading_of(writer: PartWriter) -> Reading:
    return Reading(
        digest_of(b"object"),
        6,
        "text/plain",
        "text",
        1,
        State.READ,
        "",
        (("text", 1),),
        0,
        0,
        0,
        writer.parts_digest,
    )


def write(path: Path, *batches: list[Part]) -> Reading:
    with PartWriter(str(path)) as writer:
        for batch in batches:
            writer.add(batch)
        reading = reading_of(writer)
        writer.finish(reading)
    return reading


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    reading = write(tmp_path / "p", PARTS)
    assert list(read_parts(str(tmp_path / "p"))) == PARTS
    assert read_reading(str(tmp_path / "p")) == reading


def test_the_encoded_parts_are_pinned() -> None:
    assert digest_of(encode(PARTS)).hex == DIGEST_NOW


def test_a_file_of_version_1_is_read_for_ever(tmp_path: Path) -> None:
    (tmp_path / "p").write_bytes(bytes.fromhex(GOLDEN_FILE))
    assert list(read_parts(str(tmp_path / "p"))) == PARTS
    assert read_reading(str(tmp_path / "p")).parts_digest.hex == GOLDEN_DIGEST


@given(st.lists(st.integers(1, 40), max_size=8))
def test_batches_leave_no_trace_in_the_digest(sizes: list[int]) -> None:
    parts: list[Part] = [TextSpan(Chars(n, n + 1), "x") for n in range(sum(sizes))]
    whole = encode(parts)
    pieces, start = [], 0
    for size in sizes:
        pieces.append(encode(parts[start : start + size]))
        start += size
    assert b"".join(pieces) == whole


@pytest.mark.parametrize("count", [0, 15, 16, 65_535, 65_536])
def test_the_head_of_an_array_is_left_out_whatever_its_length(count: int) -> None:
    one = encode([Tally(Whole(), "x", 1)])
    assert encode([Tally(Whole(), "x", 1)] * count) == one * count
    assert array_header(count) in (1, 3, 5)


def test_nothing_stands_under_the_name_before_the_end(tmp_path: Path) -> None:
    with PartWriter(str(tmp_path / "p")) as writer:
        writer.add(PARTS)
        assert not (tmp_path / "p").exists()
    assert list(tmp_path.iterdir()) == []


def test_starting_over_forgets_everything(tmp_path: Path) -> None:
    with PartWriter(str(tmp_path / "p"), durable=True) as writer:
        writer.add(PARTS)
        writer.restart()
        writer.add(PARTS[:1])
        writer.finish(reading_of(writer))
    assert list(read_parts(str(tmp_path / "p"))) == PARTS[:1]


def _framed(encoded: bytes, length: int) -> bytes:
    packed = zlib.compress(encoded)
    return len(packed).to_bytes(4, "big") + length.to_bytes(4, "big") + packed


DAMAGE = {
    "cut at the end": lambda data: data[:-1],
    "cut in the middle": lambda data: data[: len(data) // 2],
    "another magic": lambda data: b"x" + data[1:],
    "empty": lambda data: b"",
    "a part changed": lambda data: (
        data[: len(MAGIC) + 20] + bytes([data[len(MAGIC) + 20] ^ 1]) + data[len(MAGIC) + 21 :]
    ),
    "a frame left out": lambda data: MAGIC + data[data.index(bytes(8)) :],
    "a frame larger than it says": lambda data: MAGIC + _framed(b"\x90" * 9, 3) + data[-200:],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_never_read_in_silence(tmp_path: Path, damage: str) -> None:
    write(tmp_path / "p", PARTS)
    (tmp_path / "p").write_bytes(DAMAGE[damage]((tmp_path / "p").read_bytes()))
    with pytest.raises(IntegrityError):
        list(read_parts(str(tmp_path / "p")))
