"""A protected document is read in full, and says that it is protected."""

import io
import zipfile
from pathlib import Path

import pytest

from muniment.core import Metadata, Problem, State
from tests.readers.contract import codes, kinds, read_bytes

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SHOW = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


def relations(*links: tuple[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{each}</Relationships>'


def package(main_type: str, main: str, members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{main}" ContentType="{main_type}"/></Types>'
    )
    whole = {"[Content_Types].xml": types, "_rels/.rels": relations(("officeDocument", main))}
    with zipfile.ZipFile(out, "w") as file:
        for name, text in (whole | members).items():
            file.writestr(name, text)
    return out.getvalue()


def word(settings: str) -> bytes:
    body = f"<w:document {_W}><w:body><w:p><w:r><w:t>Text</w:t></w:r></w:p></w:body></w:document>"
    return package(
        _WORD,
        "word/document.xml",
        {
            "word/document.xml": body,
            "word/_rels/document.xml.rels": relations(("settings", "settings.xml")),
            "word/settings.xml": settings,
        },
    )


SAID = {
    "against changes": (
        word(
            f'<w:settings {_W}><w:zoom/><w:documentProtection w:edit="readOnly" '
            'w:enforcement="1"/></w:settings>'
        ),
        ["documentProtection; edit=readOnly; enforcement=1"],
    ),
    "recommended": (
        word(f'<w:settings {_W}><w:writeProtection w:recommended="1"/></w:settings>'),
        ["writeProtection; recommended=1"],
    ),
    "a presentation": (
        package(
            _SHOW,
            "ppt/presentation.xml",
            {
                "ppt/presentation.xml": f"<p:presentation {_P}><p:sldIdLst/><p:modifyVerifier "
                'cryptAlgorithmSid="14" hashData="aa"/></p:presentation>'
            },
        ),
        ["modifyVerifier; cryptAlgorithmSid=14; hashData=aa"],
    ),
    "nothing": (word(f"<w:settings {_W}><w:zoom/></w:settings>"), []),
}


@pytest.mark.parametrize("what", SAID)
def test_a_protection_is_stated_and_nothing_is_locked(what: str, tmp_path: Path) -> None:
    data, said = SAID[what]
    reading, parts, _ = read_bytes(data, tmp_path)
    found = [part for part in kinds(parts, Metadata) if part.name == "protection"]
    assert [part.written for part in found] == said
    assert reading.state is not State.LOCKED
    assert kinds(parts, Problem) == []


def test_settings_that_break_off_are_a_problem(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(word(f"<w:settings {_W}><w:zoom"), tmp_path)
    assert reading.state is State.READ
    assert codes(parts) == ["properties-damaged"]
