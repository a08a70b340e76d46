"""Binary presentations: texts on their slides, notes, comments, pictures and objects."""

import os
import struct
import zlib
from pathlib import Path
from typing import ClassVar

import pytest

from muniment.core import Area, Child, Field, Metadata, Part, Role, State, TextSpan
from muniment.readers import ChildSink, Context, Limits, open_source
from muniment.readers.keys import Keys
from muniment.readers.presentation_binary import PRESENTATION_BINARY
from muniment.readers.signals import LockedError
from tests.readers import presentation_samples as ppt
from tests.readers import samples
from tests.readers import word_binary_samples as doc
from tests.readers.contract import ReaderContract, codes, read_bytes

_PICTURE = samples.picture()
_PIB = struct.pack("<HI", 0x4104, 1)
_OBJECT = doc.compound_file({"\x01Ole10Native": doc.packaged(b"list.csv", b"a,b\n")})
_DOCUMENT = ppt.container(
    ppt.DOCUMENT,
    ppt.record(0x03E9, bytes(40)),
    ppt.container(0x040B, ppt.container(0xF000, ppt.container(0xF001, ppt.picture_entry(0)))),
    ppt.container(
        0x0409,
        ppt.container(
            0x0FCC,
            ppt.record(0x0FC3, struct.pack("<6I", 1, 0, 1, 0, 7, 0)),
            ppt.record(0x0FBA, "Package".encode("utf-16-le"), 2),
        ),
        ppt.container(0x0FD7, ppt.record(0x0FBA, "http://x.test/".encode("utf-16-le"), 1)),
    ),
    ppt.container(0x0FD9, ppt.record(0x0FBA, "All pages".encode("utf-16-le"), 2), instance=3),
    ppt.listed(1, (6, 0x80000000, b"")),
    ppt.listed(0, (3, 257, ppt.text("Second", 0) + ppt.text("point\rpoint 2")), (2, 256, b"")),
    ppt.listed(2, (4, 1, b"")),
)
_FULL = ppt.presentation(
    [
        _DOCUMENT,
        ppt.slide(ppt.box(ppt.narrow("Caf\xe9"), properties=_PIB, count=1), hidden=True),
        ppt.slide(
            ppt.box(ppt.outline_reference(1)),
            ppt.box(ppt.outline_reference(0)),
            ppt.comment("A. Reader", "look"),
        ),
        ppt.notes(257, ppt.box(ppt.text("say this", 2))),
        ppt.slide(ppt.box(ppt.text("not listed, not shown"))),
        ppt.container(ppt.MASTER, ppt.box(ppt.text("Click here"))),
        doc.art(0x1011, 1, struct.pack("<I", len(_OBJECT)) + zlib.compress(_OBJECT)),
    ],
    pictures=ppt.blip(_PICTURE),
)


class TestPresentationBinary(ReaderContract):
    reader = PRESENTATION_BINARY
    samples: ClassVar = {"every kind of text": _FULL}


def _spans(parts: list[Part]) -> list[TextSpan]:
    return [part for part in parts if isinstance(part, TextSpan)]


def test_texts_stand_on_their_slides_in_the_documents_order(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_FULL, tmp_path)
    first, second = Area(page=1), Area(page=2)
    assert [span for span in _spans(parts) if isinstance(span.at, Area)] == [
        TextSpan(first, "point"),
        TextSpan(first, "point 2"),
        TextSpan(first, "Second", Role.TITLE),
        TextSpan(first, "look", Role.COMMENT),
        TextSpan(first, "say this", Role.NOTE),
        TextSpan(second, "Café", hidden=True),
    ]


def test_masters_and_what_holds_for_all_slides_are_told_apart(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_FULL, tmp_path)
    rest = [(s.text, s.role, s.hidden) for s in _spans(parts) if not isinstance(s.at, Area)]
    assert rest == [("All pages", Role.FOOTER, False), ("Click here", Role.BOX, True)]


def test_comments_links_and_hidden_slides_are_stated(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_FULL, tmp_path)
    said = [part for part in parts if isinstance(part, Metadata)]
    assert Metadata(Area(page=1), "comment by", "A. Reader (AW) 2018-05-23T10:30") in said
    assert Metadata(Area(page=2), "hidden slide", "true") in said
    assert Metadata(Field("link"), "link", "http://x.test/") in said


def test_objects_and_pictures_are_children(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(_FULL, tmp_path)
    children = [part for part in parts if isinstance(part, Child)]
    assert [(child.name, child.at) for child in children] == [
        ("list.csv", Field("object", 7)),
        ("picture 1.png", Area(page=2)),
    ]
    assert (scratch / children[0].digest.hex).read_bytes() == b"a,b\n"
    assert (scratch / children[1].digest.hex).read_bytes() == _PICTURE


def test_without_its_edits_every_text_is_salvaged(tmp_path: Path) -> None:
    data = doc.compound_file({"PowerPoint Document": ppt.slide(ppt.box(ppt.text("found")))})
    reading, parts, _ = read_bytes(data, tmp_path)
    assert reading.state is State.READ
    assert [span.text for span in _spans(parts)] == ["found"]
    assert codes(parts) == ["slides-unknown"]


_PROTECTED = "trove/tika/testPPT_protected_passtika.ppt"


@pytest.mark.parametrize(("secrets", "opens"), [(("wrong", "tika"), True), (("wrong",), False)])
def test_a_locked_presentation_opens_with_its_key(
    tmp_path: Path, secrets: tuple[str, ...], *, opens: bool
) -> None:
    data = Path(os.environ.get("MUNIMENT_DATA", "../shared/data")) / _PROTECTED
    if not data.exists():
        pytest.skip("the collection of real files is not on this machine")
    keys = Keys(secrets)
    sort = "application/vnd.ms-powerpoint"
    context = Context(sort, Limits(), ChildSink(str(tmp_path), Limits()), keys)
    spans: list[TextSpan] = []
    with open_source(str(data)) as source:
        try:
            spans = _spans(list(PRESENTATION_BINARY.read(source, context)))
        except LockedError:
            assert not opens
    assert (len(spans) > 0) is opens
    assert keys.used == ((1,) if opens else ())
