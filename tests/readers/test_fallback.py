"""What no reader of the house reads goes to foreign extractors; what they find is judged."""

import random
import socket
from pathlib import Path
from typing import ClassVar

import pytest

from muniment.core import Field, Metadata, Problem, State, TextSpan, Whole
from muniment.readers import READERS
from muniment.readers.by_tika import tika_is_installed
from muniment.readers.fallback import fallback_for
from muniment.readers.no_document import NO_DOCUMENT
from muniment.readers.word_share import word_share
from tests.readers.contract import ReaderContract, codes, read_bytes
from tests.readers.test_detect import ole
from tests.readers.test_isolated import attempt, needs_seccomp

needs_tika = pytest.mark.skipif(not tika_is_installed(), reason="the extra `tika` is not installed")


def framemaker(*lines: str) -> bytes:
    """A document of FrameMaker, exchanged as text, a line a paragraph."""
    paragraph = " <Para\n  <ParaLine\n   <String `{}'>\n  > # end of ParaLine\n > # end of Para\n"
    paragraphs = "".join(paragraph.format(line) for line in lines)
    return f"<MIFFile 7.00>\n<TextFlow\n{paragraphs}> # end of TextFlow\n".encode()


_TWO_LINES = framemaker("The report of the year.", "Another line of words.")


@needs_tika
class TestFallback(ReaderContract):
    reader = READERS[-1]
    samples: ClassVar = {"FrameMaker": _TWO_LINES}

    def _read_here(self, data: bytes, folder: Path) -> None:
        """In a process of its own: the engines start threads, which no fork survives."""
        reading, _, _ = read_bytes(data[: len(_TWO_LINES)], folder)
        assert reading.state is not State.PENDING

    def _damage(self, folder: Path, steps: int) -> None:
        super()._damage(folder, steps // 3)

    def test_arbitrary_bytes_raise_nothing_but_signals(self, tmp_path: Path) -> None:  # type: ignore[override]
        """Fewer examples than for other readers: each costs a process and a library."""
        chance = random.Random(1_969)
        for at in (0, 5, len(_TWO_LINES) // 2):
            noise = chance.randbytes(12)
            self._read_here(_TWO_LINES[:at] + noise + _TWO_LINES[at + 12 :], tmp_path)


@needs_tika
def test_text_stands_at_the_whole_file_and_says_who_read_it(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_TWO_LINES, tmp_path)
    assert isinstance(parts[0], Metadata)
    assert parts[0].at == Field("read by")
    assert parts[0].written.startswith("extractous ")
    spans = [part for part in parts if isinstance(part, TextSpan)]
    assert [span.text for span in spans] == ["The report of the year.\nAnother line of words."]
    assert {span.at for span in spans} == {Whole()}
    assert codes(parts) == ["places-unknown"]


def test_a_package_of_an_unknown_kind_is_no_crash(tmp_path: Path) -> None:
    """It is named by its directory, nobody reads that kind, and its container's reader takes it."""
    data = ole("Root Entry", "StarCalcDocument")
    reading, parts, _ = read_bytes(data, tmp_path)
    assert "reader-crashed" not in codes(parts)
    assert reading.reason != ""


def test_a_type_that_somebody_reads_is_nobody_elses() -> None:
    everything = fallback_for(())
    assert fallback_for((everything,)).media_types == ()


@needs_tika
def test_the_second_engine_reads_inside_the_walls(tmp_path: Path) -> None:
    """It starts, and then says of a drawing without views that it cannot read it."""
    drawing = bytes.fromhex("a50ff05a1e020000304d33430b00ff00") + bytes(200)
    reading, _, scratch = read_bytes(drawing, tmp_path)
    assert reading.reason.startswith("Tika cannot read it")
    assert "Panic" not in reading.reason
    assert list(scratch.iterdir()) == []


def test_a_program_is_refused_at_once_and_a_locked_file_is_locked(tmp_path: Path) -> None:
    program = b"\x7fELF\x02\x01\x01" + bytes(60)
    locked = b"Salted__" + bytes(60)
    reading, parts, _ = read_bytes(program, tmp_path)
    assert (reading.state, parts) == (State.REFUSED, [])
    assert reading.reason == "a program or library for Linux: holds no document"
    assert reading.reader == NO_DOCUMENT.name
    assert read_bytes(locked, tmp_path)[0].state is State.LOCKED


WORDS = {
    "prose": "The report of the year 1969, as it was written (p. 12).",
    "Chinese": "在押人员名单，请核对。",
    "Uyghur": "ئۇيغۇرچە تېكىست",
    "an address": "https://example.org/list?page=3 a.b@example.org",
    "a table": "甲 1969-05-23 12.5 % A-17/3",
}
NO_WORDS = {
    "packed letters": "UEsDBBQAAAAIAMdsJjKI2INJZQMAAHQPAAAMAAAAbWFuaWZlc3QueG1stVfbbuM2EH0v0H8g",
    "replacement characters": "\ufffd\ufffda \ufffd\ufffdb \ufffd",
    "alphabets in one word": "aбcдαβ жzиy",
    "printable bytes": "%a$b(c)d*e &f^g#h@i!j {k}l|m~n",
}


@pytest.mark.parametrize("sort", WORDS)
def test_words_are_told(sort: str) -> None:
    assert word_share(WORDS[sort]) > 0.8


@pytest.mark.parametrize("sort", NO_WORDS)
def test_noise_is_told(sort: str) -> None:
    assert word_share(NO_WORDS[sort]) < 0.5


@needs_seccomp
def test_a_pair_of_joined_sockets_reaches_nothing(tmp_path: Path) -> None:
    def pass_on_a_descriptor() -> str:
        one, other = socket.socketpair(socket.AF_UNIX)
        one.setblocking(False)
        assert other.fileno() > 0
        try:
            socket.send_fds(one, [b"x"], [0])
        except PermissionError:
            return "denied"
        return "sent"

    def pair_of_another_kind() -> str:
        try:
            socket.socketpair(socket.AF_INET)
        except PermissionError:
            return "denied"
        return "opened"

    for deed in (pass_on_a_descriptor, pair_of_another_kind):
        _, parts, _ = attempt(tmp_path / deed.__name__, deed)
        assert parts[1].text == "done: denied"  # type: ignore[union-attr]
    assert not any(isinstance(part, Problem) for part in parts)
