"""An annotation is one event with one spelling, and everything else is refused."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import CellArea, Chars, Citation, Digest, canonical_json, digest_of
from muniment.vault import (
    Annotated,
    Annotation,
    Correction,
    EventDraft,
    Highlight,
    Note,
    SavedSearch,
    Tag,
    Withdrawal,
    annotation_draft,
    annotation_of,
    tidy,
    tidy_name,
)
from muniment.vault.event import Outcome, decode_event, encode_event

AT = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
WRITTEN = datetime(2026, 1, 2, 3, 4, 4, tzinfo=UTC)
DRAFT = "00112233445566778899aabbccddeeff"
FILE = digest_of(b"a file")
EARLIER = digest_of(b"an earlier event")
PLACE = Citation(FILE, CellArea(5, 7, "名单"))
KINDS: dict[str, Annotation] = {
    "note": Note(PLACE, "Same hand as page 3.\n再看一遍 — بۇ كىم؟"),
    "tag": Tag(Citation(FILE), "first wave"),
    "highlight": Highlight(Citation(FILE, Chars(120, 164))),
    "search": SavedSearch("Released in 2018", "released 释放", (("type", "text/csv"),)),
    "correction": Correction(EARLIER, "Same hand as page 4."),
    "withdrawal": Withdrawal(EARLIER, "I was wrong."),
}
# For each kind: its detail as written, and the objects it names.
_DRAFT_MEMBER = '"draft":"00112233445566778899aabbccddeeff"'
_WRITTEN_MEMBER = '"written":"2026-01-02T03:04:04.000000Z"'
_FILE_NI = "ni:///sha-256;c2XQKYYeMsUh-AibAKb7MtrwYVAltptZnRzlNQG4RcI"
_EARLIER_NI = "ni:///sha-256;hBa9zI8IesM7YnvQNSgj6d199XAQZlYh9CYPB4vB_QU"
_FILE_HEX = '"7365d029861e32c521f8089b00a6fb32daf0615025b69b599d1ce53501b845c2"'
DETAILS = {
    "note": (
        (
            '{"annotation":"note","body":"Same hand as page 3.\\n再看一遍 — بۇ كىم؟",'
            f'{_DRAFT_MEMBER},"motivation":"commenting",'
            f'"target":"{_FILE_NI}#sheet=%E5%90%8D%E5%8D%95&cell=5,7",{_WRITTEN_MEMBER}}}'
        ),
        _FILE_HEX,
    ),
    "tag": (
        (
            f'{{"annotation":"tag","body":"first wave",{_DRAFT_MEMBER},"motivation":"tagging",'
            f'"target":"{_FILE_NI}",{_WRITTEN_MEMBER}}}'
        ),
        _FILE_HEX,
    ),
    "highlight": (
        (
            f'{{"annotation":"highlight","body":"",{_DRAFT_MEMBER},"motivation":"highlighting",'
            f'"target":"{_FILE_NI}#char=120,164",{_WRITTEN_MEMBER}}}'
        ),
        _FILE_HEX,
    ),
    "search": (
        (
            f'{{"annotation":"search","body":"Released in 2018",{_DRAFT_MEMBER},'
            f'"filters":[["type","text/csv"]],"motivation":"bookmarking","query":"released 释放",'
            f"{_WRITTEN_MEMBER}}}"
        ),
        "",
    ),
    "correction": (
        (
            f'{{"annotation":"correction","body":"Same hand as page 4.",{_DRAFT_MEMBER},'
            f'"motivation":"editing","target":"{_EARLIER_NI}",{_WRITTEN_MEMBER}}}'
        ),
        "",
    ),
    "withdrawal": (
        (
            f'{{"annotation":"withdrawal","body":"I was wrong.",{_DRAFT_MEMBER},'
            f'"motivation":"editing","target":"{_EARLIER_NI}",{_WRITTEN_MEMBER}}}'
        ),
        "",
    ),
}
PREV = "6db7d803e74f1ffa7d8f5adc0bf95b3e15bf4c8373fffadf546227cc6c6742cb"


def draft_of(annotation: Annotation) -> EventDraft:
    return annotation_draft(Annotated(annotation, DRAFT, WRITTEN), "reader-2", "muniment 0.1.0")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_written_as_it_was_when_the_format_was_fixed(kind: str) -> None:
    line, _ = encode_event(draft_of(KINDS[kind]), 7, digest_of(b"before"), AT)
    detail, objects = DETAILS[kind]
    assert line.decode() == (
        '{"actor":"reader-2","at":"2026-01-02T03:04:05.000678Z",'
        f'"detail":{detail},"event":"annotation","objects":[{objects}],'
        f'"outcome":"success","prev":"{PREV}","seq":7,"tool":"muniment 0.1.0"}}'
    )


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_written_is_read_back(kind: str) -> None:
    line, event = encode_event(draft_of(KINDS[kind]), 7, digest_of(b"before"), AT)
    assert annotation_of(decode_event(line)) == Annotated(KINDS[kind], DRAFT, WRITTEN)
    assert annotation_of(event).annotation == KINDS[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_another_or_a_missing_member_makes_it_no_annotation(kind: str) -> None:
    asked = draft_of(KINDS[kind])
    for name in asked.detail:
        lacking = {each: value for each, value in asked.detail.items() if each != name}
        with pytest.raises(ValueError):  # noqa: PT011 whichever member it is
            annotation_of(msgspec.structs.replace(asked, detail=lacking))
        for value in (None, 7, ["a"], {"a": "b"}, "\x00", "x" * 30_000):
            with pytest.raises(ValueError):  # noqa: PT011
                annotation_of(msgspec.structs.replace(asked, detail={**asked.detail, name: value}))
    with pytest.raises(ValueError, match="members"):
        annotation_of(msgspec.structs.replace(asked, detail={**asked.detail, "more": "1"}))
    with pytest.raises(ValueError, match="members"):
        annotation_of(msgspec.structs.replace(asked, objects=(digest_of(b"other"),)))
    with pytest.raises(ValueError, match="members"):
        annotation_of(msgspec.structs.replace(asked, outcome=Outcome.FAILURE))
    with pytest.raises(ValueError, match="no annotation"):
        annotation_of(msgspec.structs.replace(asked, event="ingestion"))


@given(st.text(max_size=200), st.text(max_size=50), st.text(max_size=50))
def test_what_is_accepted_is_canonical_and_comes_back(body: str, name: str, actor: str) -> None:
    made: list[Annotation] = []
    for make in (
        lambda: Note(PLACE, tidy(body)),
        lambda: Tag(PLACE, tidy_name(name)),
        lambda: SavedSearch(tidy_name(name), tidy_name(body), (("kind", tidy_name(name)),)),
        lambda: Withdrawal(EARLIER, tidy(body)),
    ):
        try:
            made.append(make())
        except ValueError:
            continue
    for each in made:
        try:
            asked = annotation_draft(Annotated(each, DRAFT, WRITTEN), tidy_name(actor), "tool")
        except ValueError:
            continue  # the pseudonym is none
        canonical_json(asked.detail)
        assert annotation_of(asked).annotation == each


REFUSED: dict[str, Any] = {
    "an empty note": lambda: Note(PLACE, ""),
    "a note of white space": lambda: Note(PLACE, " \n "),
    "a note that is too long": lambda: Note(PLACE, "x" * 20_001),
    "a note with a control letter": lambda: Note(PLACE, "a\x1b[2Jb"),
    "a note with half a letter": lambda: Note(PLACE, "a\ud800b"),
    "a note with an untidy end": lambda: Note(PLACE, "a\n"),
    "a tag in two lines": lambda: Tag(PLACE, "a\nb"),
    "a tag that is too long": lambda: Tag(PLACE, "x" * 201),
    "a search for nothing": lambda: SavedSearch("all", ""),
    "a search without a name": lambda: SavedSearch("", "q"),
    "a filter that is no field": lambda: SavedSearch("s", "q", (("a=b&c", "d"),)),
    "too many filters": lambda: SavedSearch("s", "q", (("a", "b"),) * 51),
    "a citation without end": lambda: Note(Citation(FILE, CellArea(1, 1, "x" * 5_000)), "a"),
    "a draft without a name": lambda: Annotated(Note(PLACE, "a"), "1", WRITTEN),
    "an empty correction": lambda: Correction(EARLIER, ""),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused_is(what: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 each has its own sentence
        REFUSED[what]()


def test_a_pseudonym_is_one_line_and_not_empty() -> None:
    for actor in ("", "a\nb", " a", "x" * 201):
        with pytest.raises(ValueError, match="pseudonym"):
            annotation_draft(Annotated(Note(PLACE, "a"), DRAFT, WRITTEN), actor, "tool")


def test_letters_that_join_are_kept() -> None:
    persian = "می\u200cخواهم"  # a zero-width non-joiner belongs to the spelling
    assert Note(PLACE, tidy(persian)).body == persian


def test_the_line_ends_of_a_form_become_newlines() -> None:
    assert tidy(" a\r\nb\rc\n\n") == "a\nb\nc"
    assert tidy_name("e\u0301 \t x") == "é x"


def test_a_correction_names_an_annotation_and_no_place_in_it() -> None:
    asked = draft_of(KINDS["correction"])
    changed = {**asked.detail, "target": f"{EARLIER.ni}#char=1,2"}
    with pytest.raises(ValueError, match="members"):
        annotation_of(msgspec.structs.replace(asked, detail=changed))


def test_the_name_of_an_annotation_is_the_leaf_hash_of_its_event() -> None:
    line, event = encode_event(draft_of(KINDS["note"]), 7, digest_of(b"before"), AT)
    assert event.leaf == Digest(digest_of(b"\x00" + line).raw)
