import io
import re
import zipfile
from typing import Any

import pypdfium2
import pytest
from lxml import etree

from muniment.simulate.pdf import text_pdf
from tests.simulate.conftest import Leak

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def outer(leak: Leak, media_type: str, *kinds: str) -> list[dict[str, Any]]:
    return [
        line
        for line in leak.lines("files.jsonl")
        if len(line["chain"]) == 1
        and line["media_type"] == media_type
        and line["kind"] in kinds
        and line["state"] == "read"
    ]


def body_text(data: bytes) -> str:
    """Paragraphs and table rows of the body a line each, deleted words left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        body = etree.fromstring(opened.read("word/document.xml"))[0]
    lines = []
    for block in body:
        if block.tag == f"{W}p":
            lines.append("".join(block.itertext(f"{W}t")))
        elif block.tag == f"{W}tbl":
            for row in block.iter(f"{W}tr"):
                cells = ["".join(cell.itertext(f"{W}t")) for cell in row.iter(f"{W}tc")]
                lines.append("\t".join(cells))
    return "\n".join(lines)


def test_documents_hold_the_text_that_the_truth_tells(leak: Leak) -> None:
    lines = outer(leak, DOCX, "order", "speech", "notice", "note", "relative-report")
    assert len(lines) > 8
    for line in lines:
        data = leak.path(line["chain"][0]["name"]).read_bytes()
        assert body_text(data) == line["text"]


def test_orders_carry_words_outside_the_body(leak: Leak) -> None:
    for line in outer(leak, DOCX, "order"):
        with zipfile.ZipFile(leak.path(line["chain"][0]["name"])) as opened:
            parts = "".join(opened.read(name).decode() for name in opened.namelist())
        assert len(line["tokens"]) == 4
        assert all(f">{token}<" in parts for token in line["tokens"])
        assert "三十日。" not in line["text"]


def test_one_document_says_it_was_created_after_the_cut_off(leak: Leak) -> None:
    late = set()
    for line in outer(leak, DOCX, "order"):
        with zipfile.ZipFile(leak.path(line["chain"][0]["name"])) as opened:
            if b">2020-" in opened.read("docProps/core.xml"):
                late.add(line["chain"][0]["name"])
    planted = leak.lines("planted.jsonl")
    assert late == {p["where"] for p in planted if p["what"] == "created-after-cut-off"}
    assert len(late) == 1


def test_pdfs_hold_the_text_that_the_truth_tells(leak: Leak) -> None:
    lines = outer(leak, "application/pdf", "speech", "notice", "note", "press")
    assert {line["language"] for line in lines} == {"zh", "ug", "en", "mul"}
    for line in lines:
        opened = pypdfium2.PdfDocument(leak.path(line["chain"][0]["name"]).read_bytes())
        text = "\n".join(page.get_textpage().get_text_range() for page in opened)
        opened.close()
        assert "".join(text.split()) == "".join(line["text"].split())


@pytest.mark.parametrize(
    "line",
    ["〔2017〕13号", "plain", "بوشساي 2018 يىل", "Бошсай 30.06.2018", "四种 four ئۇقتۇرۇش"],
)
def test_one_line_of_any_script_is_read_back(line: str) -> None:
    opened = pypdfium2.PdfDocument(text_pdf((line,), "title"))
    text = opened[0].get_textpage().get_text_range()
    opened.close()
    assert sorted(text.split()) == sorted(line.split())


def test_scans_have_no_text_layer(leak: Leak) -> None:
    lines = outer(leak, "application/pdf", "scan", "list-scan")
    assert len(lines) >= 2
    for line in lines:
        opened = pypdfium2.PdfDocument(leak.path(line["chain"][0]["name"]).read_bytes())
        assert opened[0].get_textpage().get_text_range() == ""
        opened.close()
        assert "font " in line["remark"]


def test_the_fonts_of_the_pages_are_told(leak: Leak) -> None:
    fonts = leak.totals["fonts"]
    assert set(fonts) == {"han", "arabic", "cyrillic", "latin"}
    assert all("/" not in name for name in fonts.values())
    missing = sum(name == "" for name in fonts.values())
    assert len(leak.summary.remarks) == missing


def test_one_speech_states_the_true_number_and_one_does_not(leak: Leak) -> None:
    said = {c["id"]: c for c in leak.lines("claims.jsonl") if c["id"].startswith("speech")}
    detained = str(leak.totals["counts"]["detained_adults"])
    assert said["speech-1"]["value"] == detained
    assert said["speech-2"]["value"] != detained
    for claim in said.values():
        assert re.search(rf"共{claim['value']}人", claim["says"])
