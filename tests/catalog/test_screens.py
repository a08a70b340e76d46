"""Screens of an object: every part on one of them, each place on the screen that shows it."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.catalog import parse_query
from muniment.catalog.lookup import stands_in
from muniment.catalog.marking import marks
from muniment.catalog.outline import Document, keep_outline, open_document, outline_of
from muniment.catalog.properties import properties, property_number
from muniment.catalog.screens import (
    LONGEST_STRETCH,
    Grid,
    Screen,
    Stretch,
    View,
    screen,
    screen_count,
    screen_of,
)
from muniment.catalog.step import part_path
from muniment.core import (
    Area,
    Cell,
    CellArea,
    CellKind,
    Chars,
    Digest,
    Element,
    Field,
    Image,
    Metadata,
    Part,
    Reading,
    Role,
    State,
    TextSpan,
    Whole,
    digest_of,
    print_place,
)
from muniment.readers import PartWriter
from muniment.vault import Case
from muniment.vault.case import new_header

OBJECT = digest_of(b"an object")
PDF = "application/pdf"


def case_with(folder: Path, parts: Sequence[Part], media_type: str = "text/plain") -> Case:
    """A case in which the parts of one object were read, in frames of seven."""
    case = Case(folder, new_header("0" * 32, "2026-01-01T00:00:00.000000Z"), b"")
    path = part_path(case.work, OBJECT)
    path.parent.mkdir(parents=True, exist_ok=True)
    kinds: dict[str, int] = {}
    for part in parts:
        kind = str(type(part).__struct_config__.tag)
        kinds[kind] = kinds.get(kind, 0) + 1
    with PartWriter(str(path)) as writer:
        for start in range(0, len(parts), 7):
            writer.add(parts[start : start + 7])
        writer.finish(_reading(writer.parts_digest, media_type, kinds))
    return case


def _reading(parts_digest: Digest, media_type: str, kinds: dict[str, int]) -> Reading:
    return Reading(
        digest=OBJECT,
        size=9,
        media_type=media_type,
        reader="test",
        reader_version=1,
        state=State.READ,
        reason="",
        parts=tuple(sorted(kinds.items())),
        announced=0,
        emitted=0,
        failed=0,
        parts_digest=parts_digest,
    )


def document_of(parts: Sequence[Part], media_type: str = "text/plain") -> Document:
    with TemporaryDirectory() as folder:
        return open_document(case_with(Path(folder), parts, media_type), OBJECT)


def shown(document: Document, number: int, view: View | None = None) -> Screen:
    return screen(document, number, view or View())


def texts(found: Screen) -> list[str]:
    return [item.text for item in found.items if isinstance(item, Stretch)]


paragraphs = st.lists(
    st.one_of(
        st.builds(
            lambda n, text: TextSpan(Element("a.xml", (1, n + 1)), text),
            st.integers(0, 90),
            st.text(max_size=40),
        ),
        st.builds(
            lambda n, text: TextSpan(Chars(n, n + len(text)), text),
            st.integers(0, 90),
            st.text(max_size=40),
        ),
        st.builds(lambda n: Metadata(Field(f"p{n}"), f"p{n}", "v"), st.integers(0, 9)),
        st.builds(
            lambda row, column: Cell(CellArea(row, column, "S"), CellKind.TEXT, "c"),
            st.integers(1, 9),
            st.integers(1, 9),
        ),
    ),
    max_size=60,
)
on_pages = st.lists(
    st.builds(
        lambda page, line: TextSpan(Area(page, (1.0, line * 10.0, 50.0, 9.0)), f"{page}:{line}"),
        st.integers(1, 6),
        st.integers(0, 20),
    ),
    min_size=1,
    max_size=60,
)


@given(paragraphs)
def test_every_stretch_of_text_is_on_one_screen_in_its_order(parts: list[Part]) -> None:
    with TemporaryDirectory() as folder:
        document = open_document(case_with(Path(folder), parts), OBJECT)
        found = [
            text
            for number in range(1, screen_count(document) + 1)
            for text in texts(shown(document, number))
        ]
    assert found == [part.text for part in parts if isinstance(part, TextSpan)]


@given(paragraphs, st.integers(0, 70), st.integers(0, 70))
def test_a_run_of_parts_is_that_run_of_all_parts(parts: list[Part], first: int, count: int) -> None:
    with TemporaryDirectory() as folder:
        document = open_document(case_with(Path(folder), parts), OBJECT)
        assert document.parts(first, count) == parts[first : first + count]


@given(paragraphs)
def test_a_place_is_found_at_the_first_part_that_touches_it(parts: list[Part]) -> None:
    with TemporaryDirectory() as folder:
        document = open_document(case_with(Path(folder), parts), OBJECT)
        for part in parts:
            wanted = next(n for n, each in enumerate(parts) if stands_in(each.at, part.at))
            assert document.find(part.at) == wanted


@given(on_pages)
def test_a_page_shows_what_stands_on_it_and_nothing_else(parts: list[Part]) -> None:
    with TemporaryDirectory() as folder:
        document = open_document(case_with(Path(folder), parts, PDF), OBJECT)
        for page in range(1, screen_count(document) + 1):
            found = shown(document, page)
            assert found.paged
            wanted = [p.text for p in parts if isinstance(p, TextSpan) and p.at.page == page]  # type: ignore[union-attr] # all stand on pages
            assert texts(found) == wanted


def test_a_long_text_is_cut_into_screens_and_a_place_opens_its_own(tmp_path: Path) -> None:
    parts: list[Part] = []
    for number in range(300):
        text = f"paragraph {number} " * 60
        start = number * 1_000
        parts.append(TextSpan(Chars(start, start + len(text)), text))
    document = open_document(case_with(tmp_path, parts), OBJECT)
    assert screen_count(document) > 5
    place = Chars(200_010, 200_020)
    number = screen_of(document, place)
    found = shown(document, number, View(place))
    (cited,) = [i for i in found.items if isinstance(i, Stretch) and len(i.cited) > 0]
    assert cited.cited == ((10, 20),)
    assert cited.at == print_place(parts[200].at)


def test_a_stretch_longer_than_a_screen_is_shown_where_it_is_cited(tmp_path: Path) -> None:
    text = "".join(f"{number:07} " for number in range(10_000))
    part = TextSpan(Element("a.xml", (1,)), text)
    document = open_document(case_with(tmp_path, [part]), OBJECT)
    (first,) = shown(document, 1).items
    assert isinstance(first, Stretch)
    assert (len(first.text), first.length) == (LONGEST_STRETCH, len(text))
    view = View(Element("a.xml", (1,), (48_000, 48_007)))
    (there,) = shown(document, 1, view).items
    assert isinstance(there, Stretch)
    start, end = there.cited[0]
    assert there.text[start:end] == text[48_000:48_007]


def test_cells_of_a_page_become_a_table_with_their_boxes(tmp_path: Path) -> None:
    cells: list[Part] = [Image(Area(page=1), 100, 200)]
    for row in (1, 2):
        for column in (1, 2):
            at = Area(1, (column * 10.0, row * 10.0, 9.0, 9.0))
            grid = CellArea(row, column, "page 1 table 1")
            cells.append(Cell(at, CellKind.TEXT, f"{row}/{column}", grid=grid, confidence=0.5))
    document = open_document(case_with(tmp_path, cells, PDF), OBJECT)
    found = shown(document, 1, View(Area(1, (10.0, 10.0, 9.0, 9.0))))
    (table,) = found.items
    assert isinstance(table, Grid)
    assert [[cell.text for cell in row] for row in table.rows] == [["1/1", "1/2"], ["2/1", "2/2"]]
    assert (found.width, found.height) == (100.0, 200.0)
    assert len(found.boxes) == 4
    assert [cell.cited for row in table.rows for cell in row] == [True, False, False, False]
    assert table.rows[0][0].unsure


def test_a_frame_that_grazes_a_neighbour_does_not_cite_it(tmp_path: Path) -> None:
    lines: list[Part] = [TextSpan(Area(1, (10.0, y, 100.0, 12.0)), f"{y}") for y in (10, 20, 30)]
    document = open_document(case_with(tmp_path, lines, PDF), OBJECT)
    found = shown(document, 1, View(Area(1, (10.0, 20.0, 100.0, 12.0))))
    assert [item.text for item in found.items if isinstance(item, Stretch) and item.cited] == ["20"]


def test_an_object_that_was_not_read_has_one_empty_screen(tmp_path: Path) -> None:
    case = Case(tmp_path, new_header("0" * 32, "2026-01-01T00:00:00.000000Z"), b"")
    document = open_document(case, OBJECT)
    assert screen_count(document) == 1
    assert shown(document, 1).items == ()
    assert screen_of(document, Whole()) == 1


def test_the_outline_of_many_parts_is_kept_and_that_of_another_reading_is_not_believed(
    tmp_path: Path,
) -> None:
    many: list[Part] = [TextSpan(Area(n // 50 + 1, None), str(n)) for n in range(20_000)]
    case = case_with(tmp_path, many, PDF)
    keep_outline(case, OBJECT)
    (kept,) = (tmp_path / "work" / "cache" / "outlines").rglob("*.outline")
    before = kept.read_bytes()
    assert outline_of(case, OBJECT).pages == 400
    case_with(tmp_path, many[:100], PDF)
    assert outline_of(case, OBJECT).pages == 2
    kept.write_bytes(before[:-5])
    assert outline_of(case, OBJECT).pages == 2


def test_properties_come_in_windows_and_are_found_by_their_place(tmp_path: Path) -> None:
    parts: list[Part] = []
    for number in range(250):
        parts.append(Metadata(Field("p", number + 1), "p", str(number)))
        parts.append(TextSpan(Chars(number, number + 1), "x"))
    document = open_document(case_with(tmp_path, parts), OBJECT)
    found = properties(document, 100, 30)
    assert [each.written for each in found] == [str(n) for n in range(100, 130)]
    assert property_number(document, Field("p", 201)) == 200


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Élan of the ELAN", "elan", ["Élan", "ELAN"]),
        ("收押人员名单", "人员", ["人员"]),
        ("one two three, two three", '"two three"', ["two three", "two three"]),
        ("nothing here", "absent", []),
    ],
)
def test_found_words_are_marked_as_they_are_written(
    text: str, query: str, found: list[str]
) -> None:
    assert [text[start:end] for start, end in marks(text, parse_query(query))] == found


@given(st.text(max_size=60), st.sampled_from(["a", "和", "ab", "م"]))
def test_marks_are_in_order_and_within_the_text(text: str, word: str) -> None:
    found = marks(text, parse_query(word))
    flat = [position for pair in found for position in pair]
    assert flat == sorted(set(flat))
    assert all(0 <= position <= len(text) for position in flat)


def test_roles_confidence_and_hidden_text_are_told(tmp_path: Path) -> None:
    parts: list[Part] = [
        TextSpan(Element("d", (1,), (0, 3)), "old", Role.DELETED),
        TextSpan(Element("d", (1,), (3, 6)), "new", Role.INSERTED),
        TextSpan(Element("d", (2,)), "x", hidden=True, confidence=0.4, source="engine"),
    ]
    document = open_document(case_with(tmp_path, parts), OBJECT)
    one, two, three = (i for i in shown(document, 1).items if isinstance(i, Stretch))
    assert (one.role, two.role, two.goes_on, three.goes_on) == ("deleted", "inserted", True, False)
    assert (three.hidden, three.unsure, three.source) == (True, True, "engine")
