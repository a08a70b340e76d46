"""Files made to harm whoever opens them carelessly; each of a harmless size.

Invariants:

- nothing here runs anything or reaches any network by being read as data;
- what a bomb unpacks to is noted in the truth with its digest, and never held in memory;
- file names are bytes: one is no UTF-8, one holds a line feed, one turns the reading direction.
"""

import hashlib
import zlib
from collections.abc import Iterator

from muniment.simulate.cache import Cache
from muniment.simulate.delivery import READ, REFUSED, Made, Member, Note, member
from muniment.simulate.locked import ZIP
from muniment.simulate.papers import TEXT
from muniment.simulate.truth import Planted
from muniment.simulate.word import DOCX, Document, docx_bytes
from muniment.simulate.zips import (
    Entry,
    central_entry,
    deflate,
    end_record,
    entry,
    local_entry,
    zip_bytes,
)

FOLDER = "11 异常"
_BOMB_BLOCKS, _BLOCK = 100, 1 << 20
_OVERLAPPING = 40
_LONG_NAME_BYTES = 240  # file systems allow 255


def write_hostile(cache: Cache) -> None:
    """All hostile files and names."""
    _bomb(cache)
    _overlapping(cache)
    _laughs(cache)
    _scripts(cache)
    _names(cache)


def _put(cache: Cache, path: str | bytes, made: Made, what: str, expect: str) -> None:
    cache.delivery.put(path, made)
    shown = path if isinstance(path, str) else path.decode(errors="backslashreplace")
    cache.truth.planted(Planted(what, shown, expect))


def _bomb(cache: Cache) -> None:
    """About 100 kB that unpack to 100 MiB, and once more inside a zip that is smaller still."""

    def blocks() -> Iterator[bytes]:
        return (bytes(_BLOCK) for _ in range(_BOMB_BLOCKS))

    crc, digest = 0, hashlib.sha256()
    for block in blocks():
        crc = zlib.crc32(block, crc)
        digest.update(block)
    size = _BOMB_BLOCKS * _BLOCK
    bomb = zip_bytes([Entry("报表.txt".encode(), deflate(blocks()), size, crc, flags=0x0800)])
    note = Note("hostile", TEXT, REFUSED, remark="100 MiB of zero bytes")
    inside = Member("报表.txt".encode(), 0, digest.hexdigest(), size, note)
    made = Made(bomb, Note("hostile", ZIP, REFUSED, remark="zip bomb", members=(inside,)))
    outer = Note("hostile", ZIP, REFUSED, members=(member("bomb.zip", 0, made),))
    _put(
        cache,
        f"{FOLDER}/年度报表.zip",
        Made(zip_bytes([entry("bomb.zip", bomb)]), outer),
        "zip-bomb",
        "two levels deep, 100 MiB from less than 1 kB: the limits stop it and say so",
    )


def _overlapping(cache: Cache) -> None:
    """Forty directory entries that all point at the same stored bytes."""
    kernel = entry("kernel", bytes(_BLOCK))
    local = local_entry(kernel)
    central = central_entry(kernel, 0) * _OVERLAPPING
    data = local + central + end_record(_OVERLAPPING, len(central), len(local))
    note = Note("hostile", ZIP, REFUSED, remark=f"{_OVERLAPPING} entries share the same bytes")
    expect = "entries overlap: refused as a whole, not unpacked forty times"
    _put(cache, f"{FOLDER}/重叠.zip", Made(data, note), "overlapping-zip", expect)


def _laughs(cache: Cache) -> None:
    """A .docx whose XML declares entities that grow tenfold at each of nine steps."""
    steps = "".join(f'<!ENTITY l{step} "{f"&l{step - 1};" * 10}">' for step in range(1, 10))
    declared = f'<!DOCTYPE w [<!ENTITY l0 "ha">{steps}]>'
    xml = f'<?xml version="1.0"?>{declared}<document><body>&l9;</body></document>'
    sound = docx_bytes(Document(paragraphs=("x",)))
    data = zip_bytes(
        [
            entry("[Content_Types].xml", b'<?xml version="1.0"?><Types/>'),
            entry("word/document.xml", xml.encode()),
            entry("padding", sound),
        ]
    )
    note = Note("hostile", DOCX, REFUSED, remark="entity expansion to two thousand million bytes")
    expect = "entities are never expanded; the document is refused or unreadable"
    _put(cache, f"{FOLDER}/通知（打不开）.docx", Made(data, note), "billion-laughs", expect)


def _scripts(cache: Cache) -> None:
    """A picture and a page that carry scripts: their text is read, nothing runs."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(1)">'
        "<script>document.title='ran'</script><text>示意图</text></svg>\n"
    )
    html = (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>通讯录</title>'
        "<script>document.title='ran'</script></head>"
        '<body><p onclick="alert(1)">值班电话见另表。</p>'
        '<img src="http://tracker.example.invalid/p.gif" alt=""></body></html>\n'
    )
    drawn = Note("hostile", "image/svg+xml", READ, "zh", "utf-8", tokens=("示意图",))
    page = Note("hostile", "text/html", READ, "zh", "utf-8", tokens=("值班电话见另表。",))
    expect = "nothing runs, nothing is fetched; shown as text only"
    _put(cache, f"{FOLDER}/示意图.svg", Made(svg.encode(), drawn), "script-in-svg", expect)
    _put(cache, f"{FOLDER}/通讯录.html", Made(html.encode(), page), "script-in-html", expect)


def _names(cache: Cache) -> None:
    """Names that are hard to show, to store or to believe."""
    root = f"{FOLDER}/文件名/".encode()
    long_name = ("长" * ((_LONG_NAME_BYTES - 4) // 3)).encode()
    for name, what, expect in (
        (b"line\nfeed.txt", "name-with-line-feed", "shown escaped, never as two lines"),
        (b"bell\x07and\x1bescape.txt", "name-with-control-characters", "shown escaped"),
        ("不是UTF8.txt".encode("gbk"), "name-not-utf-8", "kept as bytes; the reading is a guess"),
        (b"\xff\xfe\x80.txt", "name-in-no-encoding", "kept as bytes"),
        (
            "\u202etxt.exe照片".encode(),
            "name-with-direction-override",
            "shown with the mark visible",
        ),
        (long_name + b".txt", "very-long-name", "kept whole"),
        (b" leading and trailing .txt ", "name-with-outer-spaces", "kept as it is"),
        (b"a%0Ab.txt", "name-with-percent-sign", "kept as it is, never decoded"),
    ):
        text = f"the name of this file is {what}\n"
        made = Made(text.encode(), Note("hostile-name", TEXT, READ, "en", "utf-8", text))
        _put(cache, root + name, made, what, expect)
