"""Compiled help: each page is a file of its own, unpacked as a cabinet would be."""

from pathlib import Path
from typing import ClassVar

import pytest

from muniment.core import Child, Field, Member, Metadata, State, Tally, Whole
from muniment.readers import libarchive_condition
from muniment.readers.compiled_help import COMPILED_HELP
from muniment.readers.help_package import packing_of
from tests.readers.contract import ReaderContract, codes, read_bytes
from tests.readers.help_samples import compiled_help
from tests.readers.trove import trove

pytestmark = pytest.mark.skipif(
    libarchive_condition() != "", reason="libarchive is not on this machine"
)
FILES = {
    "first.htm": b"<html><body>Who is on the list</body></html>",
    "pictures/plan.bmp": bytes(range(256)) * 300,
    "last.htm": "<p>名单</p>".encode("gb18030"),
}


class TestCompiledHelp(ReaderContract):
    reader = COMPILED_HELP
    samples: ClassVar = {
        "packed": compiled_help(FILES),
        "as it is": compiled_help(FILES, packed=False),
    }


@pytest.mark.parametrize("packed", [True, False])
def test_every_file_comes_out_as_it_was_put_in(tmp_path: Path, packed: bool) -> None:
    reading, parts, folder = read_bytes(compiled_help(FILES, packed=packed), tmp_path)
    children = [part for part in parts if isinstance(part, Child)]
    assert [(c.name, (folder / c.digest.hex).read_bytes()) for c in children] == [
        (f"/{name}", data) for name, data in FILES.items()
    ]
    assert [child.at for child in children] == [Member(n) for n in range(3)]
    assert Tally(Whole(), "members", 3) in parts
    assert (reading.state, reading.failed) == (State.READ, 0)


def test_its_title_is_in_the_code_page_of_its_language(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(compiled_help(FILES, title="帮助".encode("gbk")), tmp_path)
    assert Metadata(Field("title"), "title", "帮助") in parts


def test_a_damaged_stretch_costs_what_stands_in_it(tmp_path: Path) -> None:
    data = bytearray(compiled_help(FILES))
    second = data.index(bytes(range(256)), data.index(b"Who is on") + (1 << 15))
    for at in range(second - 40, second):
        data[at] ^= 0xFF
    _, parts, _ = read_bytes(bytes(data), tmp_path)
    assert "/first.htm" in [part.name for part in parts if isinstance(part, Child)]


def test_packing_that_is_not_known_is_said_once_and_at_each_file(tmp_path: Path) -> None:
    data = compiled_help(FILES).replace(b"LZXC", b"LZXX")
    reading, parts, _ = read_bytes(data, tmp_path)
    assert set(codes(parts)) == {"directory-damaged", "member-damaged"}
    assert (reading.announced, reading.failed) == (3, 3)


@pytest.mark.parametrize("control", [b"", bytes(28)])
def test_control_data_that_says_nothing_is_refused(control: bytes) -> None:
    with pytest.raises(ValueError, match="packed"):
        packing_of(control, bytes(60))


def test_real_help_comes_out_whole(tmp_path: Path) -> None:
    reading, _, _ = read_bytes(Path(trove("chm/IMTCEN.CHM")).read_bytes(), tmp_path)
    assert (reading.announced, reading.emitted) == (155, 155)
