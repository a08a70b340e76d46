"""The ledger shows what the journal says people wrote: as it stands, with its history."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from muniment.catalog import (
    AnnotationCount,
    AnnotationsWanted,
    Ledger,
    actors_counted,
    allow,
    annotation,
    annotations,
    annotations_at,
    count_annotations,
    ids_of_drafts,
    saved_searches,
    tags_counted,
)
from muniment.core import (
    CellArea,
    Citation,
    Digest,
    PolicyError,
    UsageError,
    digest_of,
    parse_digest,
)
from muniment.vault import (
    Annotated,
    Annotation,
    Correction,
    Event,
    EventDraft,
    Highlight,
    Journal,
    Note,
    SavedSearch,
    Tag,
    Withdrawal,
    annotation_draft,
)

FILE, OTHER = digest_of(b"a file"), digest_of(b"another file")
PLACE = Citation(FILE, CellArea(5, 7, "名单"))
START = datetime(2026, 1, 2, 23, 59, 50, tzinfo=UTC)


class Desk:
    """A journal of two arrivals and what is written, and a ledger that follows it."""

    def __init__(self, folder: Path) -> None:
        ticks = itertools.count()
        clock: Callable[[], datetime] = lambda: START + timedelta(seconds=next(ticks))  # noqa: E731
        self.journal = Journal.create(folder / "journal", b"{}", clock)
        self.ledger = Ledger(folder / "ledger.sqlite")
        self.drafts = itertools.count()
        self.take([arrival(FILE), arrival(OTHER)])

    def take(self, drafts: list[EventDraft]) -> list[Event]:
        events = self.journal.append(drafts)
        self.ledger.take_events(events)
        return events

    def write(self, asked: Annotation, actor: str = "reader-1") -> str:
        annotated = Annotated(asked, f"{next(self.drafts):032x}", START)
        (event,) = self.take([annotation_draft(annotated, actor, "muniment 0.1.0")])
        return event.leaf.hex

    def bodies(self, **wanted: str | bool) -> list[str]:
        return [each.body for each in annotations(self.ledger, AnnotationsWanted(**wanted), 100)]  # type: ignore[arg-type]


def arrival(digest: Digest) -> EventDraft:
    stated = {"intake": "i", "name": "n", "name_hex": "6e", "size": "1"}
    return EventDraft(event="ingestion", actor="a", tool="t", objects=(digest,), detail=stated)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def of(name: str) -> Digest:
    return parse_digest(name)


def test_what_was_written_is_shown_with_its_place_and_its_name(desk: Desk) -> None:
    name = desk.write(Note(PLACE, "Same hand as page 3."))
    (found,) = annotations_at(desk.ledger, FILE)
    assert (found.id, found.citation) == (name, of(name).ni)
    assert (found.kind, found.actor, found.target) == ("note", "reader-1", str(PLACE))
    assert (found.body, found.first, found.standing) == (found.first, "Same hand as page 3.", True)
    assert annotations_at(desk.ledger, OTHER) == ()


def test_a_correction_changes_what_stands_and_keeps_what_was_first(desk: Desk) -> None:
    name = desk.write(Note(PLACE, "page 3"))
    again = desk.write(Correction(of(name), "page 4"))
    found = annotation(desk.ledger, of(name))
    assert found is not None
    assert (found.body, found.first) == ("page 4", "page 3")
    assert [(each.kind, each.body, each.id) for each in found.changes] == [
        ("correction", "page 4", again)
    ]
    assert annotation(desk.ledger, of(again)) == found
    assert desk.bodies(words="4") == ["page 4"]
    assert desk.bodies(words="3") == []


def test_what_was_withdrawn_is_shown_only_where_it_is_asked_for(desk: Desk) -> None:
    name = desk.write(Note(PLACE, "wrong"))
    desk.write(Withdrawal(of(name), "misread"))
    assert annotations_at(desk.ledger, FILE) == ()
    assert desk.bodies() == []
    assert desk.bodies(withdrawn=True) == ["wrong"]
    found = annotation(desk.ledger, of(name))
    assert found is not None
    assert not found.standing
    assert found.changes[0].body == "misread"


def test_filters_choose_by_kind_person_tag_words_object_and_day(desk: Desk) -> None:
    desk.write(Note(PLACE, "Über 名单, 100%_x"), "reader-1")
    desk.write(Tag(Citation(OTHER), "first wave"), "reader-2")
    for _ in range(8):
        desk.write(Highlight(PLACE), "reader-2")
    desk.write(Note(Citation(OTHER), "the next day"), "reader-2")
    assert desk.bodies(kind="note") == ["the next day", "Über 名单, 100%_x"]
    assert desk.bodies(kind="note", actor="reader-2") == ["the next day"]
    assert desk.bodies(tag="first wave") == ["first wave"]
    assert desk.bodies(tag="first") == []
    assert desk.bodies(words="UBER 名单") == ["Über 名单, 100%_x"]
    assert desk.bodies(words="%") == desk.bodies(words="_x") == ["Über 名单, 100%_x"]
    assert desk.bodies(sha256=OTHER.hex) == ["the next day", "first wave"]
    assert "the next day" in desk.bodies(since="2026-01-03")
    assert "first wave" not in desk.bodies(since="2026-01-03")
    assert "first wave" in desk.bodies(until="2026-01-03")
    assert count_annotations(desk.ledger, AnnotationsWanted(kind="highlight")) == 8


def test_pages_follow_one_another_and_lose_nothing(desk: Desk) -> None:
    written = [desk.write(Note(PLACE, f"n{number}")) for number in range(7)]
    shown, before = [], None
    while len(page := annotations(desk.ledger, AnnotationsWanted(), 3, before)) > 0:
        shown += [each.id for each in page]
        before = page[-1].event
    assert shown == written[::-1]


def test_tags_and_people_are_counted_as_they_stand(desk: Desk) -> None:
    for name in ("b", "a", "b"):
        desk.write(Tag(PLACE, name), "reader-2")
    off = desk.write(Tag(PLACE, "c"))
    desk.write(Withdrawal(of(off)), "reader-2")
    assert tags_counted(desk.ledger) == (AnnotationCount("b", 2), AnnotationCount("a", 1))
    assert actors_counted(desk.ledger) == (AnnotationCount("reader-2", 3),)


def test_a_saved_search_keeps_its_fields(desk: Desk) -> None:
    desk.write(SavedSearch("Released", "释放", (("type", "text/csv"), ("type", "a/b"))))
    (found,) = saved_searches(desk.ledger)
    assert (found.body, found.query, found.target) == ("Released", "释放", None)
    assert found.filters == (("type", "text/csv"), ("type", "a/b"))


def test_an_annotation_of_a_newer_version_is_kept_as_it_is(desk: Desk) -> None:
    said = {"annotation": "drawing", "strokes": [1, 2]}
    desk.take(
        [
            EventDraft(event="annotation", actor="r", tool="t", objects=(FILE,), detail=said),
            EventDraft(event="annotation", actor="r", tool="t", detail={"draft": ["x"]}),
        ]
    )
    assert [each.kind for each in annotations(desk.ledger, AnnotationsWanted(), 9)] == [
        "unknown"
    ] * 2
    assert desk.bodies() == ['{"draft":["x"]}', '{"annotation":"drawing","strokes":[1,2]}']


def test_events_taken_in_twice_are_there_once(desk: Desk) -> None:
    name = desk.write(Note(PLACE, "once"))
    desk.write(Correction(of(name), "twice"))
    before = annotations(desk.ledger, AnnotationsWanted(), 9)
    desk.ledger.take_events(desk.journal.events())
    assert annotations(desk.ledger, AnnotationsWanted(), 9) == before


def test_the_ids_of_drafts_are_those_of_their_events(desk: Desk) -> None:
    name = desk.write(Note(PLACE, "a"))
    again = desk.write(Correction(of(name), "b"))
    assert ids_of_drafts(desk.ledger, [f"{0:032x}", f"{1:032x}"]) == (name, again)
    assert ids_of_drafts(desk.ledger, ["f" * 32]) == ()


def test_only_what_is_in_the_case_is_annotated(desk: Desk) -> None:
    stranger = digest_of(b"not here")
    allow(desk.ledger, Note(PLACE, "a"), "r")
    allow(desk.ledger, SavedSearch("a", "b"), "r")
    with pytest.raises(UsageError, match="no object"):
        allow(desk.ledger, Highlight(Citation(stranger)), "r")
    with pytest.raises(UsageError, match="nothing was written"):
        allow(desk.ledger, Withdrawal(stranger), "r")


def test_nobody_changes_what_another_wrote_but_a_tag_may_be_taken_off(desk: Desk) -> None:
    note, word = desk.write(Note(PLACE, "a")), desk.write(Tag(PLACE, "b"))
    allow(desk.ledger, Correction(of(note), "c"), "reader-1")
    allow(desk.ledger, Withdrawal(of(word)), "reader-2")
    for asked in (Correction(of(note), "c"), Withdrawal(of(note))):
        with pytest.raises(PolicyError, match="reader-1"):
            allow(desk.ledger, asked, "reader-2")
    with pytest.raises(UsageError, match="tag"):
        allow(desk.ledger, Correction(of(word), "c"), "reader-1")


def test_a_correction_is_not_corrected_and_what_was_withdrawn_stays_so(desk: Desk) -> None:
    note = desk.write(Note(PLACE, "a"))
    again = desk.write(Correction(of(note), "b"))
    with pytest.raises(UsageError, match="nothing was written"):
        allow(desk.ledger, Correction(of(again), "c"), "reader-1")
    desk.write(Withdrawal(of(note)))
    with pytest.raises(UsageError, match="withdrawn"):
        allow(desk.ledger, Correction(of(note), "c"), "reader-1")
