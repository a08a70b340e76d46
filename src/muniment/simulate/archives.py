"""Archives as people send them: nested, with equal names, with names from another system.

Invariants:

- every member that can be addressed stands in the truth under its index and its raw name;
- names that try to leave the folder are only names: readers store content under digests.
"""

import gzip
import io
import tarfile

from muniment.simulate.cache import Cache
from muniment.simulate.delivery import Made, Note, member
from muniment.simulate.locked import ZIP
from muniment.simulate.papers import docx, order, txt
from muniment.simulate.prose import DUTIES, ENGLISH_LETTER
from muniment.simulate.truth import Planted
from muniment.simulate.zips import entry, zip_bytes

FOLDER = "08 压缩"
_TIME = 1_530_324_720  # 30 June 2018, 10:12 at UTC+8


def zipped(files: tuple[tuple[str | bytes, Made], ...], remark: str = "") -> Made:
    """A zip of the files in order, with its truth."""
    data = zip_bytes([entry(name, made.data) for name, made in files])
    members = tuple(member(name, place, made) for place, (name, made) in enumerate(files))
    return Made(data, Note("archive", ZIP, remark=remark, members=members))


def write_archives(cache: Cache) -> None:
    """All archives that are neither locked nor broken."""
    first, second = (docx(order(cache, number), "order", "zh") for number in (1, 2))
    log = txt("\n".join(DUTIES[:3]) + "\n", "gb18030", "duty-log", "zh")
    note = txt("\n".join(ENGLISH_LETTER) + "\n", "utf-8", "note", "en")
    put = cache.delivery.put
    inner = zipped((("通知一.docx", first), ("值班.txt", log)))
    put(f"{FOLDER}/资料.zip", zipped((("内层.zip", inner), ("说明.txt", note)), "zip in zip"))
    put(f"{FOLDER}/备份.tar.gz", _tar((("日志/值班.txt", log), ("notes/letter.txt", note))))
    _odd_names(cache, log, note, second)


def _odd_names(cache: Cache, log: Made, note: Made, paper: Made) -> None:
    gbk = tuple(
        (name.encode("gbk"), made) for name, made in (("名单说明.txt", log), ("通知.docx", paper))
    )
    for name, made, what, expect in (
        (
            "同名.zip",
            zipped((("a.txt", log), ("a.txt", note))),
            "equal-member-names",
            "two members of one name, told apart by their index",
        ),
        ("旧系统.zip", zipped(gbk), "gbk-member-names", "names are GBK without the UTF-8 flag"),
        (
            "路径.zip",
            zipped((("../../outside.txt", note), ("/etc/absolute.txt", log))),
            "path-traversal-names",
            "names are only recorded; nothing is written outside",
        ),
    ):
        path = f"{FOLDER}/{name}"
        cache.delivery.put(path, made)
        cache.truth.planted(Planted(what, path, expect))


def _tar(files: tuple[tuple[str, Made], ...]) -> Made:
    """A gzipped tar. Its one member is the tar, whose members are the files."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as opened:
        for name, made in files:
            head = tarfile.TarInfo(name)
            head.size, head.mtime = len(made.data), _TIME
            opened.addfile(head, io.BytesIO(made.data))
    members = tuple(member(name, place, made) for place, (name, made) in enumerate(files))
    tar = Made(out.getvalue(), Note("archive", "application/x-tar", members=members))
    packed = io.BytesIO()
    # Not `gzip.compress`: the header it writes differs between versions of Python.
    with gzip.GzipFile("", "wb", 9, packed, mtime=0) as zipped_tar:
        zipped_tar.write(tar.data)
    inside = (member("备份.tar", 0, tar),)
    return Made(packed.getvalue(), Note("archive", "application/gzip", members=inside))
