"""Files that are broken, empty or lie about what they are, as disks and networks leave them.

Invariants:

- each is expected to give a recorded problem, never to end the work: `state` says which;
- what can still be read from a broken file is not promised; its digest is.
"""

from muniment.simulate.cache import Cache
from muniment.simulate.delivery import EMPTY, UNREADABLE, Made, Note, member
from muniment.simulate.locked import ZIP
from muniment.simulate.papers import PDF, TEXT, docx, order
from muniment.simulate.pdf import text_pdf
from muniment.simulate.photos import photographed, small_portrait
from muniment.simulate.prose import RUSSIAN_NOTE
from muniment.simulate.registers import XLSX
from muniment.simulate.truth import Planted
from muniment.simulate.word import DOCX
from muniment.simulate.zips import Entry, entry, zip_bytes

FOLDER = "10 损坏"


def write_damaged(cache: Cache) -> None:
    """All broken files."""
    _cut_short(cache)
    _wrong_sum(cache)
    put = cache.delivery.put
    put(f"{FOLDER}/空.txt", Made(b"", Note("damaged", "application/x-empty", EMPTY)))
    portrait = small_portrait(cache, photographed(cache)[0])
    header = Made(b"\xff\xd8\x00\x00" + portrait[4:], _broken("image/jpeg", "header overwritten"))
    put(f"{FOLDER}/照片头损坏.jpg", header)
    right = docx(order(cache, 1), "order", "zh", "a .docx under the name of a picture")
    put(f"{FOLDER}/扫描件.jpg", right)
    expect = "the type is told by content, not by name"
    cache.truth.planted(Planted("wrong-extension", f"{FOLDER}/扫描件.jpg", expect))


def _broken(media_type: str, remark: str) -> Note:
    return Note("damaged", media_type, UNREADABLE, remark=remark)


def _cut_short(cache: Cache) -> None:
    """A workbook, a PDF and a document of which the end is missing."""
    document = docx(order(cache, 2), "order", "zh").data
    pages = text_pdf(RUSSIAN_NOTE, RUSSIAN_NOTE[0])
    # A workbook of its own beside the delivery's tables would promise cells that cannot be read.
    workbook = zip_bytes([entry("xl/workbook.xml", b"<workbook/>" * 400), entry("a", b"b" * 900)])
    for name, data, media_type in (
        ("台账（下载中断）.xlsx", workbook, XLSX),
        ("справка (обрыв).pdf", pages, PDF),
        ("通知（下载中断）.docx", document, DOCX),
    ):
        made = Made(data[: len(data) * 2 // 3], _broken(media_type, "the last third is missing"))
        cache.delivery.put(f"{FOLDER}/{name}", made)


def _wrong_sum(cache: Cache) -> None:
    """A zip whose first member does not fit its checksum and whose second does."""
    good = Made(b"this member is whole\n", Note("plain", TEXT, text="this member is whole\n"))
    bad = Made(b"this member was altered\n", _broken(TEXT, "CRC mismatch"))
    first = entry("altered.txt", bad.data)
    wrong = Entry(first.name, first.packed, first.size, first.crc ^ 0xFFFF, flags=first.flags)
    data = zip_bytes([wrong, entry("whole.txt", good.data)])
    members = (member("altered.txt", 0, bad), member("whole.txt", 1, good))
    note = Note("archive", ZIP, remark="one member with a wrong CRC", members=members)
    cache.delivery.put(f"{FOLDER}/校验错误.zip", Made(data, note))
