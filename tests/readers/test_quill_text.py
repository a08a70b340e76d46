"""Publisher and Works: chunks of text, and text between two offsets."""

import struct
from pathlib import Path
from typing import ClassVar

from muniment.core import Chars, Child, Part, State, TextSpan
from muniment.readers.quill_text import QUILL_TEXT
from muniment.simulate.compound import compound_file
from tests.readers import samples
from tests.readers import word_binary_samples as doc
from tests.readers.contract import ReaderContract, codes, read_bytes


def _chunks(*texts: str) -> bytes:
    entries, bodies = b"", b""
    start = 0x20 + 24 * (len(texts) + 1)
    for text in texts:
        raw = text.encode("utf-16-le")
        at = start + len(bodies)
        entries += struct.pack("<H4sHHH4sII", 24, b"TEXT", 0, 1, 0, b"TEXT", at, len(raw))
        bodies += raw
    entries += struct.pack("<H4sHHH4sII", 24, b"STSH", 0, 1, 0, b"STSH", start, 0)
    return b"CHNKINK ".ljust(0x20, b"\0") + entries + bodies


def _old(text: bytes) -> bytes:
    head = bytearray(0x100)
    struct.pack_into("<II", head, 0x22, 0x100, 0x100 + len(text))
    return bytes(head) + text


_PUBLICATION = compound_file(
    {
        "Quill": {"QuillSub": {"CONTENTS": _chunks("Title\rtwo\x0c", "表 \U00020000x\r")}},
        "Escher": {"EscherDelayStm": doc.blip(samples.picture())},
    }
)


class TestQuillText(ReaderContract):
    reader = QUILL_TEXT
    samples: ClassVar = {"a publication": _PUBLICATION}


def _spans(parts: list[Part]) -> list[TextSpan]:
    return [part for part in parts if isinstance(part, TextSpan)]


def test_a_publication_has_its_texts_one_after_the_other(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(_PUBLICATION, tmp_path)
    assert _spans(parts) == [
        TextSpan(Chars(0, 5), "Title"),
        TextSpan(Chars(6, 9), "two"),
        TextSpan(Chars(10, 15), "表 \U00020000x"),
    ]
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert (scratch / child.digest.hex).read_bytes() == samples.picture()


def test_works_of_2000_is_read_alike(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(compound_file({"CONTENTS": _chunks("A letter\r")}), tmp_path)
    assert _spans(parts) == [TextSpan(Chars(0, 8), "A letter")]


def test_works_3_is_read_in_the_encoding_that_its_bytes_have(tmp_path: Path) -> None:
    data = compound_file({"MM": b"ND", "MN0": _old("Ein Brief für alle\r\n".encode("cp1252"))})
    _, parts, _ = read_bytes(data, tmp_path)
    assert _spans(parts) == [TextSpan(Chars(0, 18), "Ein Brief für alle")]
    assert codes(parts) == ["encoding-guessed"]


def test_a_file_without_text_streams_is_said(tmp_path: Path) -> None:
    reading, _, _ = read_bytes(compound_file({"CONTENTS": b"no chunks"}), tmp_path)
    assert reading.state is State.UNREADABLE
