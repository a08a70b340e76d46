"""A delivery of messages as attackers and old programs write them, and of odd photographs."""

import base64
import io
import random
import zipfile
from email.header import Header
from pathlib import Path

from muniment.simulate.exif import Shot, exif_block
from muniment.simulate.portraits import draw_portrait, jpeg

SCRIPT = "<script>document.title='ran'</script>"
CROWD = 10_000
NOTE = b"the note that was sent\n"
PLACES = ((39.5, 82.5), (39.5, 82.5), (59.9, 30.3), None)


def write(folder: Path) -> Path:
    """The delivery in `folder`."""
    folder.mkdir()
    for name, data in (_threads() | _hostile() | _carrying()).items():
        (folder / f"{name}.eml").write_bytes(data)
    for number, place in enumerate(PLACES):
        (folder / f"photo{number}.jpg").write_bytes(_photo(number, place))
    return folder


def message(number: str, *headers: str, body: str = "text") -> bytes:
    """A message of these headers, in lines that end as RFC 5322 wants it."""
    lines = [f"Message-ID: <{number}@x.invalid>", *headers, "", body]
    return "\r\n".join(lines).encode()


def _threads() -> dict[str, bytes]:
    named = "From: A <a@x.invalid>", "To: B <b@x.invalid>"
    first, second, third = (f"Date: Sat, 0{day} Jun 2018 10:12:00 +0800" for day in (2, 3, 4))
    return {
        "start": message("t1", *named, first, "Subject: Plan"),
        "answer": message(
            *("t2", "From: B <b@x.invalid>", "To: A <a@x.invalid>", second, "Subject: Re: Plan"),
            "References: <t1@x.invalid>",
            body="Yes.\r\n> No?\r\n> Why?",
        ),
        "behind a gap": message(
            *("t4", *named, third, "Subject: Re: Plan"),
            "References: <t1@x.invalid> <t2@x.invalid> <t3@x.invalid>",
        ),
        "same subject": message("u1", *named, third, "Subject: Plan"),
        "copy one": message("c1", *named, first, "Subject: Copy", "Received: by one"),
        "copy two": message("c1", *named, first, "Subject: Copied", "Received: by two"),
        "circle one": message("o1", *named, "In-Reply-To: <o2@x.invalid>", "Subject: O"),
        "circle two": message("o2", *named, "In-Reply-To: <o1@x.invalid>", "Subject: O"),
    }


def _hostile() -> dict[str, bytes]:
    crowd = ",\r\n ".join(f"P{at} <p{at}@x.invalid>" for at in range(CROWD))
    injected = Header("a\r\nSet-Cookie: stolen=1\r\n\r\n<b>", "utf-8").encode()
    references = "\r\n ".join(f"<r{at}@x.invalid>" for at in range(5_000))
    return {
        "script": message(
            *("s1", f'From: "{SCRIPT}" <"{SCRIPT}"@x.invalid>', f"To: {SCRIPT}"),
            f"Subject: {SCRIPT}\u202e",
            f"Date: {SCRIPT}",
            f"List-Id: {SCRIPT}",
            body=f"{SCRIPT}\r\n> {SCRIPT}\r\n> {SCRIPT}",
        ),
        "injection": message("i1", "From: e@x.invalid", f"Subject: {injected}"),
        "crowd": message("h1", "From: many@x.invalid", f"To: {crowd}", "Subject: Crowd"),
        "year zero": message("d1", "From: d@x.invalid", "Date: Mon, 31 Feb 0000 99:99:99 +9900"),
        "no zone": message("d2", "From: d@x.invalid", "Date: Sat, 2 Jun 2018 10:12:00 -0000"),
        "references": message("f1", "From: f@x.invalid", f"References: {references}"),
        "no id": b"From: nobody@x.invalid\r\nTo: b@x.invalid\r\nSubject: Plan\r\n\r\ntext",
    }


def _carrying() -> dict[str, bytes]:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("note.txt"), NOTE)
    return {
        "with note": _with_file("k1", "note.txt", "text/plain", NOTE),
        "with zip": _with_file("k2", "pack.zip", "application/zip", packed.getvalue()),
    }


def _with_file(number: str, name: str, kind: str, data: bytes) -> bytes:
    body = (
        f"--x\r\nContent-Type: text/plain\r\n\r\nsee the file\r\n--x\r\nContent-Type: {kind}\r\n"
        f'Content-Disposition: attachment; filename="{name}"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n"
    )
    body += base64.encodebytes(data).decode().replace("\n", "\r\n") + "\r\n--x--\r\n"
    return message(
        *(number, "From: Sender <s@x.invalid>", "To: t@x.invalid", "Subject: The file"),
        *("MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=x"),
        body=body,
    )


def _photo(number: int, place: tuple[float, float] | None) -> bytes:
    portrait = draw_portrait(random.Random(number), man=True)
    shot = Shot(
        taken="2018:06:02 10:12:00",
        make="Kamera",
        model=SCRIPT if number == 0 else f"K{number}",
        serial="1",
        place=place,
        thumbnail=jpeg(portrait.resize((90, 120))),
    )
    return jpeg(portrait, exif=exif_block(shot))
