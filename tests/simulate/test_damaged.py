import io
import zipfile
from collections.abc import Callable

import pikepdf
import PIL
import pytest
from PIL import Image

from tests.simulate.conftest import Leak

FOLDER = "10 损坏"


def open_zip(data: bytes) -> None:
    zipfile.ZipFile(io.BytesIO(data)).close()


def open_pdf(data: bytes) -> None:
    pikepdf.open(io.BytesIO(data), attempt_recovery=False).close()


def open_picture(data: bytes) -> None:
    Image.open(io.BytesIO(data)).close()


BROKEN: dict[str, tuple[str, Callable[[bytes], None], type[Exception]]] = {
    "a workbook cut short": ("台账（下载中断）.xlsx", open_zip, zipfile.BadZipFile),
    "a document cut short": ("通知（下载中断）.docx", open_zip, zipfile.BadZipFile),
    "a PDF cut short": ("справка (обрыв).pdf", open_pdf, pikepdf.PdfError),
    "a picture without its header": (
        "照片头损坏.jpg",
        open_picture,
        PIL.UnidentifiedImageError,
    ),
}


@pytest.mark.parametrize(("name", "opening", "error"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_does_not_open(
    leak: Leak, name: str, opening: Callable[[bytes], None], error: type[Exception]
) -> None:
    with pytest.raises(error):
        opening(leak.path(f"{FOLDER}/{name}").read_bytes())


def test_every_broken_file_of_the_folder_is_told_as_such(leak: Leak) -> None:
    told = {
        line["chain"][0]["name"]
        for line in leak.lines("files.jsonl")
        if line["state"] == "unreadable" and len(line["chain"]) == 1
    }
    assert told == {f"{FOLDER}/{name}" for name, _, _ in BROKEN.values()}


def test_an_empty_file_is_empty_and_not_broken(leak: Leak) -> None:
    assert leak.path(f"{FOLDER}/空.txt").read_bytes() == b""


def test_a_document_lies_under_the_name_of_a_picture(leak: Leak) -> None:
    with zipfile.ZipFile(leak.path(f"{FOLDER}/扫描件.jpg")) as opened:
        assert "word/document.xml" in opened.namelist()
