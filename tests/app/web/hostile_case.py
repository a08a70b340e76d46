"""A delivery whose every text tries to run something in the browser that shows it."""

import io
import sqlite3
import zipfile
from pathlib import Path

from PIL import Image, PngImagePlugin

from tests.readers import samples

# Seen in a page's source as it stands here, any of them has come through unescaped.
ATTACKS = (
    "<script>document.title='ran'</script>",
    "<img src=x onerror=\"document.title='ran'\">",
    "\"'><svg onload=\"document.title='ran'\">",
    "{{7*7}}{% raise %}",
    "javascript:document.title='ran'",
    "\u202egnp.exe",
)
_SCRIPT = ATTACKS[0]
_OUTSIDE = "http://outside.example/beacon"


def write(folder: Path) -> Path:
    """The delivery in `folder`."""
    folder.mkdir()
    for number, attack in enumerate(ATTACKS):
        name = attack.replace("/", "\u2215")[:120]
        (folder / f"{number}{name}.txt").write_text("\n".join(ATTACKS), "utf-8")
    files = {
        "page.html": _html(),
        "drawing.svg": _svg(),
        "message.eml": _mail(),
        "list.csv": _csv(),
        "paper.docx": samples.document(samples.paragraph(_escaped(_SCRIPT))),
        "scan.jpg": _photograph(),
        "picture.png": _png(),
        "pack.zip": _zip(),
        "data.sqlite": _database(),
        "paper.pdf": samples.pdf(samples.line("police <b>", 72, 700)),
        "event.ics": f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:{_SCRIPT}\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n".encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _html() -> bytes:
    return (
        f"<html><head><title>{_escaped(_SCRIPT)}</title><base href='{_OUTSIDE}'>"
        f"<script src='{_OUTSIDE}.js'></script><link rel=stylesheet href='{_OUTSIDE}.css'></head>"
        f"<body onload=\"document.title='ran'\"><img src='{_OUTSIDE}.png'>"
        f"<a href=\"javascript:document.title='ran'\">police</a>{_escaped(_SCRIPT)}</body></html>"
    ).encode()


def _svg() -> bytes:
    return (
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
        f"<script>document.title='ran'</script><image href='{_OUTSIDE}.png'/>"
        f"<text onclick=\"document.title='ran'\">police {_escaped(_SCRIPT)}</text></svg>"
    ).encode()


def _mail() -> bytes:
    return (
        f'From: "{_SCRIPT}" <a@county.invalid>\r\nTo: "<b onx=1>" <b@county.invalid>\r\n'
        f"Subject: police {_SCRIPT}\r\nDate: Mon, 06 Mar 2017 10:00:00 +0800\r\n"
        f"Message-ID: <1{_SCRIPT}@county.invalid>\r\nX-Set: a\r\n\tSet-Cookie: b=c\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        f"--x\r\nContent-Type: text/html\r\n\r\n<p onclick=1>police<script src={_OUTSIDE}></script>"
        f"<img src={_OUTSIDE}>\r\n"
        f'--x\r\nContent-Type: text/plain; name="{_SCRIPT}.txt"\r\n'
        f'Content-Disposition: attachment; filename="{_SCRIPT}.txt"\r\n\r\npolice\r\n--x--\r\n'
    ).encode()


def _csv() -> bytes:
    rows = [("name", "word"), *((attack.replace('"', '""'), "=1+1") for attack in ATTACKS)]
    return "".join(f'"{one}","{other}"\r\n' for one, other in rows).encode()


def _photograph() -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = _SCRIPT, ATTACKS[1]
    exif[0x0132] = "2017:03:06 10:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 30.0, 0.0), 3: "E", 4: (76.0, 0.0, 0.0)})
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(drawn, "JPEG", exif=exif)
    return drawn.getvalue()


def _png() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Title", _SCRIPT)
    told.add_itxt("Comment", ATTACKS[1])
    drawn = io.BytesIO()
    Image.new("RGB", (32, 24), "grey").save(drawn, "PNG", pnginfo=told)
    return drawn.getvalue()


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../etc/passwd", "police")
        archive.writestr(f"{_SCRIPT}.html", _html())
        archive.comment = _SCRIPT.encode()
    return packed.getvalue()


def _database() -> bytes:
    database = sqlite3.connect(":memory:")
    database.execute('CREATE TABLE "<img src=x onerror=1>" ("<b>" TEXT, word TEXT)')
    database.executemany(
        'INSERT INTO "<img src=x onerror=1>" VALUES (?, ?)', [(each, "police") for each in ATTACKS]
    )
    database.commit()
    data = bytes(database.serialize())
    database.close()
    return data
