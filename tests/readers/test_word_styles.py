# ruff: noqa: E501 - the XML of a package reads best unbroken
"""Text that a style hides is told to be hidden, and is read all the same."""

import io
import zipfile
from pathlib import Path

import pytest

from muniment.core import TextSpan
from tests.readers import samples
from tests.readers.contract import read_bytes

_STYLES = (
    f'<w:styles xmlns:w="{samples.W}">'
    '<w:style w:type="paragraph" w:styleId="Hid"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Hid"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Shows"><w:basedOn w:val="Hid"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="HidChar"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Ring"><w:basedOn w:val="Ring"/></w:style>'
    "</w:styles>"
)


def _document(body: str) -> bytes:
    whole = zipfile.ZipFile(io.BytesIO(samples.document(body)))
    parts = {name: whole.read(name) for name in whole.namelist()}
    link = samples._REL.format("st", "styles", "styles.xml").encode()
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", link + b"</Relationships>")
    parts["word/styles.xml"] = _STYLES.encode()
    return samples.zipped(*parts.items())


def _p(style: str = "", run: str = "", text: str = "words") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


_CHAR = '<w:rStyle w:val="HidChar"/>'
# What is written → whether it is hidden.
WRITTEN = {
    "no style": (_p(), False),
    "a paragraph's style": (_p("Hid"), True),
    "a style based on it": (_p("Child"), True),
    "a style based on it that shows": (_p("Shows"), False),
    "a run's style": (_p(run=_CHAR), True),
    "both, which cancel": (_p("Hid", _CHAR), False),
    "shown in spite of its style": (_p("Hid", '<w:vanish w:val="0"/>'), False),
    "hidden by itself": (_p(run="<w:vanish/>"), True),
    "a style that is not there": (_p("Nowhere"), False),
    "a style based on itself": (_p("Ring"), False),
}


@pytest.mark.parametrize("sort", WRITTEN)
def test_a_style_hides_what_is_written_in_it(sort: str, tmp_path: Path) -> None:
    body, hidden = WRITTEN[sort]
    _, parts, _ = read_bytes(_document(body), tmp_path)
    (span,) = [p for p in parts if isinstance(p, TextSpan) and p.text == "words"]
    assert span.hidden == hidden


def test_the_next_paragraph_is_not_hidden_by_the_one_before(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_document(_p("Hid", text="one") + _p(text="two")), tmp_path)
    found = {p.text: p.hidden for p in parts if isinstance(p, TextSpan)}
    assert (found["one"], found["two"]) == (True, False)
