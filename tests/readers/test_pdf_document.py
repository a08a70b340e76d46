"""PDF: pages, tables on them, and all that hangs on them."""

import io
import zipfile
from pathlib import Path
from typing import ClassVar

import msgspec
import pikepdf
import pytest

from muniment.catalog.fulltext import full_text
from muniment.catalog.lookup import standing_at
from muniment.core import (
    Area,
    Cell,
    Child,
    Metadata,
    Part,
    Problem,
    Relation,
    Role,
    State,
    TextSpan,
    digest_of,
    parse_place,
    print_place,
)
from muniment.readers import DEFAULT_LIMITS, ChildSink, Context, open_source
from muniment.readers.keys import Keys
from muniment.readers.pdf_document import PDF_DOCUMENT
from muniment.readers.signals import LockedError
from tests.readers import pdf_samples as made
from tests.readers import samples
from tests.readers.contract import LIMITS, ReaderContract, codes, read_bytes
from tests.readers.samples import line, pdf


class TestPdfDocument(ReaderContract):
    reader = PDF_DOCUMENT
    samples: ClassVar = {
        "a ruled table": made.saved(made.document(made.ruled(made.FIGURES))),
        "figures set in columns": made.saved(made.document(made.rows(made.FIGURES))),
        "notes": made.annotated(),
        "a form": made.form(),
        "layers, bookmarks, scripts": made.structured(),
        "a second version": made.updated(),
    }


def spans(parts: list[Part]) -> list[TextSpan]:
    return [part for part in parts if isinstance(part, TextSpan)]


def cells(parts: list[Part]) -> list[Cell]:
    return [part for part in parts if isinstance(part, Cell)]


def stated(parts: list[Part]) -> dict[str, str]:
    return {part.name: part.written for part in parts if isinstance(part, Metadata)}


def grid(parts: list[Part]) -> dict[tuple[int, int], str]:
    return {(c.in_table.row, c.in_table.column): c.written for c in cells(parts)}


_WHOLE = {
    (row, column): text
    for row, texts in enumerate(made.FIGURES, start=1)
    for column, text in enumerate(texts, start=1)
}


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("drawn", [made.ruled, made.rows])
def test_a_table_comes_out_as_cells(tmp_path: Path, drawn: object, rotate: int) -> None:
    """Drawn or set in columns; on pages turned sideways the text lies, and is read all the same."""
    content = drawn(made.FIGURES)  # type: ignore[operator]
    _, parts, _ = read_bytes(made.saved(made.document(content, rotate=rotate)), tmp_path)
    assert grid(parts) == _WHOLE
    assert {cell.in_table.sheet for cell in cells(parts)} == {"table 1"}
    assert spans(parts) == []


def test_a_table_stands_between_the_lines_around_it_and_is_not_said_twice(tmp_path: Path) -> None:
    content = line("before", 40, 550) + made.ruled(made.FIGURES) + line("after", 40, 300)
    _, parts, _ = read_bytes(made.saved(made.document(content)), tmp_path)
    text = "".join(full_text(parts, "application/pdf")).split("\n")
    assert text == ["before", *("\t".join(row) for row in made.FIGURES), "after", ""]


def test_what_stands_at_a_cell_is_the_cell(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(made.saved(made.document(made.ruled(made.FIGURES))), tmp_path)
    cell = next(cell for cell in cells(parts) if cell.written == "22")
    assert isinstance(cell.at, Area)
    assert print_place(cell.at).startswith("page=1&xywh=240.")
    shown = list(standing_at(parts, parse_place(print_place(cell.at))))
    assert [one.shown for one in shown if one.kind == "cell"] == ["22"]


def test_a_table_goes_on_over_the_page(tmp_path: Path) -> None:
    long = [("No", "Place"), *((str(n), f"Place {n}") for n in range(1, 26))]
    more = [(str(n), f"Place {n}") for n in range(26, 36)]
    data = made.saved(made.document(made.ruled(long, top=540), made.ruled(more, top=540)))
    _, parts, _ = read_bytes(data, tmp_path)
    assert {cell.in_table.sheet for cell in cells(parts)} == {"table 1"}
    assert grid(parts)[27, 2] == "Place 26"
    assert cells(parts)[-1].at.page == 2  # type: ignore[union-attr]


def test_a_missing_row_and_a_wrong_total_are_noticed(tmp_path: Path) -> None:
    table = [("No", "Count"), *((str(n), "10") for n in (1, 2, 3, 5, 6, 7)), ("Total", "70")]
    _, parts, _ = read_bytes(made.saved(made.document(made.ruled(table))), tmp_path)
    assert codes(parts) == ["row-number-missing", "total-differs"]


def test_two_columns_of_prose_are_no_table_and_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"the left side says thing {n} and" for n in range(14)]
    right = [f"the other side has word {n} to" for n in range(14)]
    words = [
        part
        for n, (one, other) in enumerate(zip(left, right, strict=True))
        for part in ((one, 20, 550 - 14 * n), (other, 210, 550 - 14 * n))
    ]
    _, parts, _ = read_bytes(made.saved(made.document(made.text_at(words))), tmp_path)
    assert cells(parts) == []
    assert [span.text for span in spans(parts)] == left + right


def test_what_cannot_be_seen_is_marked_hidden(tmp_path: Path) -> None:
    content = line("seen", 40, 500) + b"1 1 1 rg\n" + line("white", 40, 450) + b"0 g\n"
    content += b"0 0 0.5 rg 30 390 100 30 re f 1 1 1 rg\n" + line("on blue", 40, 400) + b"0 g\n"
    content += b"BT /F1 0.5 Tf 40 350 Td (tiny) Tj ET\n" + line("traced", 40, 300, mode=3)
    _, parts, _ = read_bytes(made.saved(made.document(content)), tmp_path)
    assert [(span.text, span.hidden) for span in spans(parts)] == [
        ("seen", False),
        ("on blue", False),
        ("white", True),
        ("tiny", True),
        ("traced", True),
    ]


def test_sideways_text_is_read(tmp_path: Path) -> None:
    content = line("set upright", 40, 500) + b"BT /F1 12 Tf 0 1 -1 0 200 100 Tm (sideways) Tj ET\n"
    _, parts, _ = read_bytes(made.saved(made.document(content)), tmp_path)
    assert [span.text for span in spans(parts)] == ["set upright", "sideways"]
    box = spans(parts)[1].at.box  # type: ignore[union-attr]
    assert box[3] > box[2]


def test_notes_highlights_links_and_stamps_are_read(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(made.annotated(), tmp_path)
    notes = {span.text: span for span in spans(parts) if span.role is Role.COMMENT}
    assert notes["look here"].at == Area(1, (100, 480, 20, 20))
    assert notes["not shown"].hidden
    found = stated(parts)
    assert (found["annotation author"], found["annotation covers"]) == ("A person", "seen")
    assert (found["link"], found["stamp"]) == ("https://example.org/list", "Secret")


def test_fields_of_a_form_are_read(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(made.form(), tmp_path)
    found = stated(parts)
    assert found["field name"] == "Jia"
    assert found["field name described as"] == "family name"
    assert found["field home.street"] == "12 North Road"
    assert found["field district offers"] == "North; South"
    assert found["field agreed"] == "Yes"
    texts = [span.text for span in spans(parts) if span.role is Role.BOX]
    assert texts == ["Jia", "12 North Road", "2", "inside the packet"]


def test_a_signature_is_told_as_stated(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(made.signed(), tmp_path)
    found = stated(parts)
    assert found["signature"] == "approval"
    assert found["signature certificate"] == "CN=A Signer"
    assert found["signature time"] == "D:20180523103000Z"
    assert found["signature covers"].startswith("bytes 0-100 and 300-500 of ")


def test_structure_is_read(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(made.structured(), tmp_path)
    found = stated(parts)
    assert (found["dc:title"], found["layer"]) == ("A list", "print (off)")
    assert [p.written for p in parts if isinstance(p, Metadata) and p.name == "page label"] == [
        "i",
        "ii",
    ]
    by_role = {span.role: span for span in spans(parts)}
    assert (by_role[Role.TITLE].text, by_role[Role.TITLE].at) == ("Second page", Area(2))
    assert by_role[Role.MARKUP].text == "app.alert('hello')"
    assert [span.hidden for span in spans(parts) if span.text == "only printed"] == [True]
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert (child.name, dict(child.stated)["modified"]) == ("data.csv", "D:20180523")


def test_an_earlier_version_is_a_child_with_its_own_bytes(tmp_path: Path) -> None:
    data = made.updated()
    _, parts, scratch = read_bytes(data, tmp_path)
    assert [span.text for span in spans(parts)] == ["second words"]
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert (child.relation, child.name) == (Relation.EMBEDDED, "revision 1 of 2.pdf")
    first = (scratch / child.digest.hex).read_bytes()
    assert data.startswith(first)
    assert digest_of(first) == child.digest
    assert [span.text for span in spans(read_bytes(first, tmp_path)[1])] == ["first words"]


def test_a_file_that_was_saved_once_has_no_earlier_version(tmp_path: Path) -> None:
    once = made.saved(made.document(line("one", 60, 500)), linearize=True)
    _, parts, _ = read_bytes(once, tmp_path)
    assert [part for part in parts if isinstance(part, Child)] == []


BEHIND = {
    "an archive": samples.zipped(("a", b"one")),
    "an archive that holds a document": samples.zipped(
        ("a.pdf", b"%PDF-1.4\nstartxref\n0\n%%EOF\n"), method=zipfile.ZIP_STORED
    ),
    "some text": b"a word that nobody sees\n",
}


@pytest.mark.parametrize("what", BEHIND)
def test_what_stands_behind_the_end_is_a_child(what: str, tmp_path: Path) -> None:
    once = made.saved(made.document(line("one", 60, 500)), linearize=True)
    _, parts, _ = read_bytes(once + BEHIND[what], tmp_path)
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert child.digest == digest_of(BEHIND[what])
    assert "trailing-bytes" in codes(parts)


@pytest.mark.parametrize("behind", [b"", b"\r\n", bytes(999), b"7 0 obj\n<<>>\nendobj\n"])
def test_padding_and_a_cut_update_are_not_behind_the_end(behind: bytes, tmp_path: Path) -> None:
    for data in (made.saved(made.document(line("one", 60, 500)), linearize=True), made.updated()):
        _, parts, _ = read_bytes(data + behind, tmp_path)
        assert "trailing-bytes" not in codes(parts)


def _read_with(data: bytes, folder: Path, *secrets: str) -> tuple[list[Part], tuple[int, ...]]:
    (folder / "children").mkdir()
    (folder / "object").write_bytes(data)
    keys = Keys(secrets)
    sink = ChildSink(str(folder / "children"), DEFAULT_LIMITS)
    with open_source(str(folder / "object")) as source:
        context = Context("application/pdf", DEFAULT_LIMITS, sink, keys)
        return list(PDF_DOCUMENT.read(source, context)), keys.used


def test_a_key_opens_a_locked_document(tmp_path: Path) -> None:
    data = pdf(line("Hello", 60, 220), owner="a", user="b")
    parts, used = _read_with(data, tmp_path, "wrong", "b")
    assert [span.text for span in spans(parts)] == ["Hello"]
    assert used == (1,)
    assert "b" not in {part.written for part in parts if isinstance(part, Metadata)}


def test_wrong_keys_leave_it_locked(tmp_path: Path) -> None:
    with pytest.raises(LockedError):
        _read_with(pdf(line("Hello", 60, 220), owner="a", user="b"), tmp_path, "wrong")


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_a_broken_off_file_are_put_together_again(
    tmp_path: Path, *, packed: bool
) -> None:
    """Cut before its directory: in the open, and with the pages inside an object stream."""
    streams = pikepdf.ObjectStreamMode
    mode = streams.generate if packed else streams.disable
    data = made.saved(made.document(line("Hello", 60, 500)), object_stream_mode=mode)
    cut = data[: data.rindex(b"/XRef" if packed else b"\nxref\n")]
    reading, parts, _ = read_bytes(cut, tmp_path)
    assert reading.state is State.READ, reading.reason
    assert codes(parts) == ["repaired"]
    assert [span.text for span in spans(parts)] == ["Hello"]


def test_text_without_meaning_is_named(tmp_path: Path) -> None:
    """A font whose letters are all mapped into the private use area."""
    document = made.document(line("nobody can read this at all", 60, 500))
    mapping = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00><ff> "
    mapping += b"endcodespacerange 1 beginbfrange <20><7e><e020> endbfrange endcmap end"
    font = document.pages[0].obj.Resources.Font.F1
    font.ToUnicode = document.make_stream(mapping)
    _, parts, _ = read_bytes(made.saved(document), tmp_path)
    assert codes(parts) == ["text-unusable"]


def test_a_page_larger_than_any_page_is_read_as_of_a_usual_size_and_says_so(tmp_path: Path) -> None:
    document = made.document(line("one", 60, 500), line("two", 60, 500))
    document.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 10**12, 10**12])
    _, parts, _ = read_bytes(made.saved(document), tmp_path)
    assert codes(parts) == ["page-damaged"]
    assert [span.text for span in spans(parts)] == ["one", "two"]


def test_trees_that_bite_their_tails_end(tmp_path: Path) -> None:
    def bite(pdf: pikepdf.Pdf) -> None:
        item = pdf.make_indirect(pikepdf.Dictionary(Title=pikepdf.String("round")))
        item.Next, item.First = item, item
        pdf.Root.Outlines = pdf.make_indirect(pikepdf.Dictionary(First=item))
        field = pdf.make_indirect(pikepdf.Dictionary(T=pikepdf.String("f")))
        field.Kids = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        tree = pdf.make_indirect(pikepdf.Dictionary())
        tree.Kids = pikepdf.Array([tree, tree])
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=tree, JavaScript=tree)

    data = made.changed(made.saved(made.document(line("Hello", 60, 500))), bite)
    _, parts, _ = read_bytes(data, tmp_path)
    assert [span.text for span in spans(parts)] == ["round", "Hello"]


def test_pikepdf_writes_what_the_samples_say() -> None:
    with pikepdf.open(io.BytesIO(made.updated())) as pdf:
        assert b"second words" in pdf.pages[0].obj.Contents.read_bytes()


def test_pages_up_to_the_limit_are_read_and_the_rest_is_told(tmp_path: Path) -> None:
    data = made.saved(made.document(*(made.text_at([(f"page {n}", 40, 500)]) for n in range(4))))
    reading, parts, _ = read_bytes(data, tmp_path, msgspec.structs.replace(LIMITS, pages=2))
    assert reading.state is State.READ
    assert sum(isinstance(part, TextSpan) for part in parts) == 2
    [problem] = [part for part in parts if isinstance(part, Problem)]
    assert (problem.at, problem.code) == (Area(page=3), "too-many-pages")
