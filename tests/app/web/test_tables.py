"""The pages of tables: every cell leads to its place, and nothing that a file says runs here."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import duckdb
import pytest
import xlsxwriter
from starlette.testclient import TestClient

from muniment.app.web import Gate, make_app, open_room
from muniment.app.web.downloads import attachment
from muniment.catalog.sheets import TableView, Wanted, tables_in_case
from tests.app.cli import muniment
from tests.app.web.conftest import ADDRESS, PORT

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://example.invalid")',
    "{{ 7 * 7 }}",
    "a\u202egpj.exe",
    "'; DROP TABLE cells; --",
    "x" * 5_000,
)
UYGHUR = ("ئىسىم", "ھالەت")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, str]]:
    """Somebody let into a case of its own, and the SHA-256 of its workbook."""
    folder = tmp_path_factory.mktemp("tables")
    delivery = folder / "delivery"
    delivery.mkdir()
    _workbook(delivery / 'list "x"\u202e; y.xlsx')
    muniment("init", folder / "case")
    muniment("intake", folder / "case", delivery, "--from", "a test")
    muniment("process", folder / "case", "--ocr", "off")
    with open_room(folder / "case", "desk-1") as room:
        gate = Gate(PORT)
        inside = TestClient(make_app(room, gate), ADDRESS, follow_redirects=True)
        inside.get(f"/enter/{gate.new_key()}")
        yield inside, tables_in_case(room.ledger, Wanted())[0].sha256


def _workbook(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("List & more")
    for column, name in enumerate(("No.", "Name", "Born", "Sum", "Remark")):
        sheet.write(0, column, name)
    for row in range(1, 1500):
        sheet.write(row, 0, row)
        sheet.write(row, 1, f"person {row % 7}")
        sheet.write(row, 2, 30_000 + row, day)
        sheet.write_formula(row, 3, f"=A{row + 1}*2", None, row * 2)
        if row <= len(HOSTILE):
            sheet.write_string(row, 4, HOSTILE[row - 1])
    sheet.write_comment(4, 1, "<b>a comment</b>")
    sheet.set_row(9, None, None, {"hidden": True})
    sheet.set_column(2, 2, None, None, {"hidden": True})
    sheet.merge_range(1600, 0, 1600, 2, "merged")
    joined = book.add_worksheet("joined")
    joined.merge_range(0, 0, 0, 2, "across")
    joined.merge_range(1, 0, 2, 0, "down")
    joined.write(1, 1, "beside")
    joined.write(2, 2, "below")
    joined.merge_range(3, 0, 3, 1, "over")
    joined.write(3, 1, "what stood there")
    wide = book.add_worksheet("wide")
    for column in range(45):
        wide.write(0, column, column)
    unseen = book.add_worksheet("unseen")
    unseen.hide()
    unseen.write(0, 0, "secret")
    leftward = book.add_worksheet("سىناق")
    for column, name in enumerate(UYGHUR):
        for row in range(3):
            leftward.write(row, column, f"{name} {row}")
    book.close()


def grid(page: str) -> list[list[str]]:
    """The rows of the grid: their numbers, then what each cell shows."""
    body = page.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    rows = []
    for row in body.split("</tr>")[:-1]:
        number = re.search(r"row=(\d+)#panel", row)
        assert number is not None
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        shown = (re.search(r"<bdi[^>]*>(.*?)</bdi>", cell, re.DOTALL) for cell in cells)
        rows.append([number[1], *("" if each is None else unescape(each[1]) for each in shown)])
    return rows


def test_a_table_is_shown_with_its_true_numbers_of_rows(desk: tuple[TestClient, str]) -> None:
    client, sha256 = desk
    page = client.get(f"/table/{sha256}").text
    assert "List &amp; more" in page
    assert [row[0] for row in grid(page)] == [str(row) for row in range(1, 51)]
    assert grid(page)[1][:5] == ["2", "1", "person 1", "1982-02-19", "2"]


def test_hidden_rows_columns_and_sheets_are_shown_and_marked(desk: tuple[TestClient, str]) -> None:
    client, sha256 = desk
    page = client.get(f"/table/{sha256}").text
    assert re.search(r"row=10#panel\">10</a> <span class=\"tag\">hidden", page)
    assert re.search(r"what column C holds</span></a>\s*<span class=\"tag\">hidden", page)
    hidden = client.get(f"/table/{sha256}?sheet=unseen").text
    assert "The file hides this sheet" in hidden
    assert grid(hidden) == [["1", "secret"]]


def test_rows_come_in_any_order_under_any_condition(desk: tuple[TestClient, str]) -> None:
    client, sha256 = desk
    page = client.get(f"/table/{sha256}?sort=-D&where=B+is+person+3&where=A+to+500").text
    assert [row[1] for row in grid(page)][:3] == ["500", "493", "486"]
    assert 'aria-sort="descending"' in page
    assert "of 72 rows that answer" in page


def test_a_form_makes_an_address_that_can_be_sent(desk: tuple[TestClient, str]) -> None:
    client, sha256 = desk
    form = f"/table/{sha256}?sort=A&on=B&test=has&value=son+4"
    answer = client.get(form, follow_redirects=False)
    assert answer.status_code == 303
    assert unquote(answer.headers["location"]).endswith("&sort=A&where=B+has+son+4")
    assert "of 214 rows" in client.get(form).text


def test_a_cell_is_cited_where_it_stands(desk: tuple[TestClient, str]) -> None:
    client, sha256 = desk
    page = client.get(f"/table/{sha256}?cell=5,2").text
    assert "#sheet=List%20%26amp%3B%20more" not in page
    assert "#sheet=List%20%26%20more&amp;cell=5,2" in page
    assert '<td id="r5c2" class="here" aria-current="true">' in page
    assert "&lt;b&gt;a comment&lt;/b&gt;" in page
    formula = client.get(f"/table/{sha256}?cell=3,4").text
    assert "A3*2" in formula


def test_a_cited_cell_far_down_is_on_the_page_that_its_citation_opens(
    desk: tuple[TestClient, str],
) -> None:
    client, sha256 = desk
    page = client.get(f"/table/{sha256}?sheet=List+%26+more&row=1203&cell=1203,4").text
    assert 'id="r1203c4" class="number here"' in page
    wide = client.get(f"/table/{sha256}?sheet=wide&cell=1,43").text
    assert 'id="r1c43" class="number here"' in wide
    assert "columns before AO" in wide


def test_one_goes_to_a_row_in_the_order_asked_for(desk: tuple[TestClient, str]) -> None:
    client, sha256 = desk
    page = client.get(f"/table/{sha256}?sort=-A&row=3").text
    assert '<tr id="here" class="here">' in page
    assert "<h2>Row 3</h2>" in page


def test_every_cell_of_a_row_can_be_reached_by_keyboard(desk: tuple[TestClient, str]) -> None:
    client, sha256 = desk
    page = client.get(f"/table/{sha256}?row=5").text
    record = page.split('class="facts rows record"')[1]
    assert len(re.findall(r"cell=5,\d#r5c\d", record.split("</dl>")[0])) == 5


def test_a_column_is_counted_over_the_rows_that_answer(desk: tuple[TestClient, str]) -> None:
    client, sha256 = desk
    page = client.get(f"/table/{sha256}?column=B&where=A+to+70").text
    panel = page.split('id="panel"')[1]
    assert "different values</dt><dd>7" in panel
    assert panel.count("person ") >= 7


def test_columns_are_chosen_and_named_by_another_row(desk: tuple[TestClient, str]) -> None:
    client, sha256 = desk
    page = client.get(f"/table/{sha256}?col=B&col=D&head=0").text
    assert grid(page)[1] == ["2", "person 1", "2"]
    assert "Headings: none" in page
    guessed = client.get(f"/table/{sha256}").text
    assert "row 1, a guess" in guessed


def test_columns_run_to_the_left_where_their_texts_do(desk: tuple[TestClient, str]) -> None:
    client, sha256 = desk
    page = client.get(f"/table/{sha256}?sheet={quote('سىناق')}").text
    assert re.search(r'class="scroll sheet"[^>]*dir="rtl"', page)


def test_comments_are_footnotes_that_need_no_script(desk: tuple[TestClient, str]) -> None:
    client, sha256 = desk
    page = client.get(f"/table/{sha256}").text
    assert '<a href="#note-1" title="a comment">1</a>' in page
    assert '<li id="note-1">' in page


def test_what_a_cell_says_is_only_ever_text(desk: tuple[TestClient, str]) -> None:
    client, sha256 = desk
    addresses = ["", "?cell=2,5", "?row=4", "?column=E", "?where=E+filled", "?cell=6,5"]
    for page in (client.get(f"/table/{sha256}{each}").text for each in addresses):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "\u202e" not in page
        assert "style=" not in page
    assert "{{ 7 * 7 }}" in client.get(f"/table/{sha256}").text


def test_a_table_leaves_as_csv_with_citations(desk: tuple[TestClient, str]) -> None:
    client, sha256 = desk
    answer = client.get(f"/table/{sha256}/download?where=A+to+7&columns=A,E")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["row", "hidden", "No.", "Remark", "citation"]
    assert rows[3][3] == "'" + HOSTILE[2]
    assert rows[1][4].endswith("#sheet=List%20%26%20more&cell=2,1-2,5")
    plain = client.get(f"/table/{sha256}/download?where=A+to+7&columns=A,E&plain=1&nobom=1")
    assert plain.content.startswith(b"row,")
    assert b"'=HYPERLINK" not in plain.content


def test_a_table_leaves_as_parquet(desk: tuple[TestClient, str], tmp_path: Path) -> None:
    client, sha256 = desk
    answer = client.get(f"/table/{sha256}/download?format=parquet&cite=cell&where=A+to+7")
    (tmp_path / "x.parquet").write_bytes(answer.content)
    rows = duckdb.read_parquet(str(tmp_path / "x.parquet")).fetchall()
    assert [row[2] for row in rows] == [str(number) for number in range(1, 8)]


def test_the_name_of_a_file_steers_no_header(desk: tuple[TestClient, str]) -> None:
    client, sha256 = desk
    named = client.get(f"/table/{sha256}/download").headers["content-disposition"]
    assert named.startswith('attachment; filename="list _x_ y - List _ more.csv"; filename*=')
    assert attachment("\r\nx: y", "csv")["content-disposition"].isprintable()
    assert attachment("../../etc/passwd", "csv")["content-disposition"].count("/") == 0
    assert 'filename="table.csv"' in attachment("\u202e", "csv")["content-disposition"]


WRONG = {
    "no such file": ("/table/" + "0" * 64, 404),
    "no digest": ("/table/..%2f..%2fetc", 404),
    "no such sheet": ("/table/{}?sheet=nowhere", 404),
    "no such column": ("/table/{}?sort=ZZZ", 400),
    "no condition": ("/table/{}?where=rubbish", 400),
    "no cell": ("/table/{}?cell=1", 400),
    "no number": ("/table/{}?start=x", 400),
    "a condition too long": ("/table/{}?where=A+has+" + "x" * 2_000, 400),
    "too many conditions": ("/table/{}?" + "&".join(f"where=A+from+{n}" for n in range(30)), 400),
    "a table list from nowhere": ("/tables?after=x", 400),
}


@pytest.mark.parametrize(("address", "status"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_address_says_what_to_do(
    desk: tuple[TestClient, str], address: str, status: int
) -> None:
    client, sha256 = desk
    answer = client.get(address.format(sha256))
    assert answer.status_code == status
    assert "Next:" in answer.text


def test_rows_and_cells_beyond_the_table_are_empty_and_no_fault(
    desk: tuple[TestClient, str],
) -> None:
    client, sha256 = desk
    assert "There are only" in client.get(f"/table/{sha256}?start=999999").text
    assert "Nothing stands" in client.get(f"/table/{sha256}?cell=5,40").text
    assert "No cell stands" in client.get(f"/table/{sha256}?row=1599").text
    assert "No row answers" in client.get(f"/table/{sha256}?where=A+is+nobody").text


def test_all_tables_are_listed_and_found_by_name(desk: tuple[TestClient, str]) -> None:
    client, _ = desk
    page = client.get("/tables").text
    assert "<h1>5 tables hold" in page
    assert "hidden sheet" in page
    assert "<h1>1 tables hold 45 cells" in client.get("/tables?name=wide").text
    assert "No table answers that" in client.get("/tables?name=nothing+such").text


def test_sql_is_answered_beside_the_statement(desk: tuple[TestClient, str]) -> None:
    client, sha256 = desk
    asked = "SELECT row, written, citation FROM cells WHERE sheet = 'unseen'"
    page = client.get("/sql", params={"statement": asked}).text
    assert "<h2>Rows 1–1</h2>" in page
    assert "/at?c=ni%3A%2F%2F%2Fsha-256" in page
    table = client.get(f"/table/{sha256}").text
    proposed = re.search(r'href="(/sql\?statement=[^"]+)">This table in SQL', table)
    assert proposed is not None
    assert "person 1" in client.get(unescape(proposed[1])).text


def test_an_answer_leaves_as_csv_and_parquet(desk: tuple[TestClient, str], tmp_path: Path) -> None:
    client, _ = desk
    asked = {"statement": "SELECT sheet, cells FROM sheets ORDER BY cells"}
    rows = list(csv.reader(io.StringIO(client.get("/sql.csv", params=asked).text[1:])))
    assert rows[:2] == [["sheet", "cells"], ["unseen", "1"]]
    (tmp_path / "x.parquet").write_bytes(client.get("/sql.parquet", params=asked).content)
    assert duckdb.read_parquet(str(tmp_path / "x.parquet")).fetchall()[0] == ("unseen", 1)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY cells TO '/tmp/x'",
        "SELECT 1; SELECT 2",
        "ATTACH 'x.db'",
        "INSTALL httpfs",
        "SELECT nothing",
        "SELECT 1 AS a, 2 AS a",
        "SET memory_limit = '9GB'",
        "SELECT getenv('HOME')",
        "SELECT " + "x" * 6_000,
    ],
)
def test_sql_reads_the_tables_and_nothing_else(
    desk: tuple[TestClient, str], statement: str
) -> None:
    client, _ = desk
    for path in ("/sql", "/sql.csv", "/sql.parquet"):
        answer = client.get(path, params={"statement": statement})
        assert answer.status_code == 400
        assert "root:" not in answer.text


def test_sql_that_takes_too_long_is_stopped_and_says_so(
    desk: tuple[TestClient, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _ = desk
    monkeypatch.setattr("muniment.app.web.pages.sql._SECONDS", 0.5)
    endless = "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range % 7 = 3"
    answer = client.get("/sql", params={"statement": endless})
    assert answer.status_code == 400
    assert "takes longer than 0.5 seconds" in answer.text


def test_the_shared_case_shows_each_of_its_tables(client: TestClient, room: Any) -> None:
    tables: tuple[TableView, ...] = tables_in_case(room.ledger, Wanted(), limit=100)
    assert len(tables) > 10
    for table in tables:
        sheet = "" if table.sheet is None else f"?sheet={quote(table.sheet)}"
        answer = client.get(f"/table/{table.sha256}{sheet}")
        assert answer.status_code == 200
        assert len(grid(answer.text)) == min(table.rows, 50)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_browser_shows_a_table_without_sideways_scrolling_of_the_page(
    visit: Callable[..., Any], room: Any, javascript: bool
) -> None:
    table = tables_in_case(room.ledger, Wanted())[0]
    page = visit(f"/table/{table.sha256}?row=3", javascript=javascript, width=360)
    assert page.locator("h1").count() == 1
    assert page.locator("td a").first.is_visible()
    width = page.locator("main").bounding_box()["width"]
    assert width <= 360
    page.locator("tbody th a").nth(4).click()
    assert page.locator("#panel h2").inner_text().startswith("Row")


def test_a_merged_cell_is_one_where_all_of_it_is_seen(desk: tuple[TestClient, str]) -> None:
    inside, sha256 = desk
    page = inside.get(f"/table/{sha256}?sheet=joined").text
    cells = dict(re.findall(r'<td id="(r\d+c\d+)"([^>]*)>', page))
    assert 'colspan="3"' in cells["r1c1"]
    assert 'rowspan="2"' in cells["r2c1"]
    assert {"r1c2", "r1c3", "r3c1"}.isdisjoint(cells)
    assert {"r2c2", "r2c3", "r3c2", "r3c3"} <= set(cells)
    assert "span=" not in cells["r4c1"]  # something stands beneath it, and is not hidden here
    assert "what stood there" in page
    assert re.findall(r'title="merged">([A-Z0-9:]+)<', page) == ["A4:B4"]


@pytest.mark.parametrize(
    ("fields", "left"),
    [("columns=A,B", "A1:C1"), ("sort=-A", "A2:A3"), ("where=B+has+beside", "A2:A3")],
)
def test_a_merged_cell_of_which_not_all_is_seen_says_what_it_spans(
    desk: tuple[TestClient, str], fields: str, left: str
) -> None:
    inside, sha256 = desk
    page = inside.get(f"/table/{sha256}?sheet=joined&{fields}").text
    assert left in re.findall(r'title="merged">([A-Z0-9:]+)<', page)
