"""Time-stamped data: the file, what is stated of it, the stamps."""

from pathlib import Path
from typing import ClassVar

from muniment.core import Child, Field, Member, Metadata, Tally, Whole
from muniment.readers.timestamped_data import TIMESTAMPED_DATA
from tests.readers.contract import ReaderContract, codes, read_bytes
from tests.readers.test_signed_and_locked import der
from tests.readers.trove import trove

_STAMPED = der(6, bytes.fromhex("2a864886f70d010910011f"))
_SIGNED = der(6, bytes.fromhex("2a864886f70d010702"))
_INFO = der(6, bytes.fromhex("2a864886f70d0109100104"))
_TIME = b"20180523170000Z"
_TOKEN = der(0x30, _SIGNED, der(0xA0, der(
    0x30, der(2, b"\x03"), der(0x31),
    der(0x30, _INFO, der(0xA0, der(4, der(0x30, der(2, b"\1"), der(0x18, _TIME))))),
)))  # fmt: skip


def stamped(*, content: bool = True) -> bytes:
    """A TimeStampedData of a list, under a name and with one token."""
    said = der(0x30, der(1, b"\xff"), der(0x0C, "名单.txt".encode()), der(0x16, b"text/plain"))
    held = (der(4, b"Who is on the list"),) if content else ()
    fields = (der(2, b"\1"), der(0x16, b"file:///list"), said, *held)
    evidence = der(0xA0, der(0x30, _TOKEN))
    return der(0x30, _STAMPED, der(0xA0, der(0x30, *fields, evidence)))


class TestTimeStampedData(ReaderContract):
    reader = TIMESTAMPED_DATA
    samples: ClassVar = {"a file": stamped()}


def test_the_file_its_name_and_its_time_come_out(tmp_path: Path) -> None:
    _, parts, folder = read_bytes(stamped(), tmp_path)
    file, token = (part for part in parts if isinstance(part, Child))
    assert (file.at, file.name) == (Member(0), "名单.txt")
    assert (folder / file.digest.hex).read_bytes() == b"Who is on the list"
    assert (folder / token.digest.hex).read_bytes() == _TOKEN
    assert Metadata(Field("time stamp"), "time stamp", _TIME.decode()) in parts
    assert Metadata(Field("data"), "data", "file:///list") in parts
    assert Metadata(Field("media type"), "media type", "text/plain") in parts


def test_a_stamp_without_its_file_says_so(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(stamped(content=False), tmp_path)
    assert codes(parts) == ["attachment-elsewhere"]
    assert Tally(Whole(), "members", 1) in parts


def test_a_real_one_gives_the_file_and_a_time(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(Path(trove("Test1.txt.tsd")).read_bytes(), tmp_path)
    assert Metadata(Field("time stamp"), "time stamp", "20170331134016Z") in parts
    assert len([part for part in parts if isinstance(part, Child)]) == 2
