"""Files under a password, and the mail in which the password lies.

Invariants:

- a workbook, an archive and a PDF are locked, each in the way its usual program does it;
- every password stands in plain text in the body of one mail in the delivery, as people do it;
- salts and keys come from a stream of the seed: they are worthless, and the bytes are the same.
"""

import io
from collections.abc import Sequence

import pikepdf

from muniment.simulate import columns
from muniment.simulate.cache import Cache
from muniment.simulate.columns import Column
from muniment.simulate.delivery import LOCKED, Made, Note, member
from muniment.simulate.mail import Mail, mail
from muniment.simulate.office_lock import lock_office
from muniment.simulate.papers import PDF, docx, order
from muniment.simulate.pdf import text_pdf
from muniment.simulate.people import Person
from muniment.simulate.registers import XLSX
from muniment.simulate.truth import Truth
from muniment.simulate.workbook import Book
from muniment.simulate.zips import locked_entry, zip_bytes

WORKBOOK = "02 收押/刑期台账（加密）.xlsx"
ARCHIVE = "08 压缩/加密文件.zip"
DOCUMENT = "05 讲话/讲话要点（加密）.pdf"
MAIL = "09 邮件/密码.eml"
ZIP = "application/zip"
_INSIDE_ARCHIVE = "虚公〔2017〕3号（密）.docx"
_MOST_ROWS = 5000  # the compound file's limit of 7 MB is far away
_TERMS = (columns.NAME, columns.IDENTITY, columns.BEGAN, columns.TERM)


def passwords(cache: Cache) -> dict[str, str]:
    """Path to password; each is short and bad, as they are."""
    rng = cache.stream("passwords")
    digits = [f"{rng.randrange(10**6):06d}" for _ in range(3)]
    return {
        WORKBOOK: f"Xugu{digits[0]}",
        ARCHIVE: f"xg@{digits[1]}",
        DOCUMENT: f"jianghua{digits[2]}",
    }


def write_locked(cache: Cache) -> None:
    """The three locked files and the mail that opens them."""
    known = passwords(cache)
    _workbook(cache, known[WORKBOOK])
    _archive(cache, known[ARCHIVE])
    _document(cache, known[DOCUMENT])
    body = "\n".join(
        ["老王：", "三个加密文件的密码如下，看完请删。"]
        + [f"{path.rsplit('/', 1)[1]}　密码：{password}" for path, password in known.items()]
        + ["—— 小李"]
    )
    letter = Mail(subject="回复：台账密码", body=body, day=14, number=1)
    cache.delivery.put(MAIL, mail(letter))


def terms_workbook(path: str, people: Sequence[Person], truth: Truth) -> bytes:
    """The sentences of everybody who serves one, unlocked; cells are noted under `path`."""
    out = io.BytesIO()
    with Book(out, path, truth) as book:
        sheet = book.sheet("刑期")
        sheet.heading("刑期台账", len(_TERMS) + 1)
        sheet.header((Column("序号", lambda _: None), *_TERMS))
        for position, person in enumerate(people, 1):
            sheet.person(person, (position, *(column.make(person) for column in _TERMS)))
    return out.getvalue()


def _workbook(cache: Cache, password: str) -> None:
    opened = terms_workbook(WORKBOOK, cache.sentenced()[:_MOST_ROWS], cache.truth)
    inside = Note("person-list", XLSX, language="zh", tokens=("刑期台账",))
    note = Note(
        kind="locked",
        media_type="application/x-ole-storage",
        state=LOCKED,
        password=password,
        remark="[MS-OFFCRYPTO] agile encryption; the member is the opened workbook",
        members=(member("EncryptedPackage", 0, Made(opened, inside)),),
    )
    locked = lock_office(opened, password, cache.stream("lock", "workbook"))
    cache.delivery.put(WORKBOOK, Made(locked, note))


def _archive(cache: Cache, password: str) -> None:
    inside = docx(order(cache, 3), "order", "zh")
    salt = cache.stream("lock", "archive").randbytes(16)
    data = zip_bytes([locked_entry(_INSIDE_ARCHIVE, inside.data, password, salt)])
    note = Note(
        kind="locked",
        media_type=ZIP,
        state=LOCKED,
        password=password,
        remark="WinZip AES-256 (AE-2)",
        members=(member(_INSIDE_ARCHIVE, 0, inside),),
    )
    cache.delivery.put(ARCHIVE, Made(data, note))


def _document(cache: Cache, password: str) -> None:
    lines = ("讲话要点", f"全县教培人员{cache.counts.detained_by_status.get('教培', 0)}人。")
    out = io.BytesIO()
    # RC4-128 (revision 3): newer revisions draw random keys, and the bytes would differ each time.
    rule = pikepdf.Encryption(owner=password, user=password, R=3, metadata=False, aes=False)
    with pikepdf.open(io.BytesIO(text_pdf(lines, lines[0]))) as opened:
        opened.save(out, static_id=True, encryption=rule)
    note = Note(
        kind="locked",
        media_type=PDF,
        state=LOCKED,
        password=password,
        language="zh",
        text="\n".join(lines),
        remark="standard security handler, revision 3, RC4 128 bit",
    )
    cache.delivery.put(DOCUMENT, Made(out.getvalue(), note))
