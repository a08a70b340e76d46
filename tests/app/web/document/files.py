"""Files that a page has to show: some that mean harm, some large, some awkward; all made here."""

import io
import zipfile
from pathlib import Path

from PIL import Image, ImageDraw

from tests.readers import pdf_samples, samples

RED, PAPER = (200, 40, 40), (250, 248, 240)
SCRIPT = "<script>document.title='ran'</script>"
STEERING = "invoice\u202egnp.exe"
PAGES = 40
SCRIPT_NAME = SCRIPT.replace("/", "") + ".txt"


def write_files(folder: Path) -> None:
    """Write all of them below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        "report.pdf": report(),
        "stated.pdf": stated(),
        "chinese.pdf": chinese(),
        "turned.jpg": turned(),
        "fax.tif": fax(),
        "long.txt": long_text().encode(),
        "line.txt": b"x" * 300_000,
        SCRIPT_NAME: f"{SCRIPT} {STEERING} <img src=x>".encode(),
        "page.html": page(),
        "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>'
        b"document.title='ran'</script><text>drawn</text></svg>",
        "letter.docx": letter(),
        "held.zip": held(),
        "again.txt": b"the same bytes under two names\n",
        "cut.jpg": samples.photograph()[:300],
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)


def report() -> bytes:
    """Forty pages; the needle stands on every seventh."""
    pages = [
        pdf_samples.text_at(
            [
                (f"Page {number} of the report", 40, 540),
                ("the needle stands here" if number % 7 == 0 else "nothing here", 40, 500),
            ]
        )
        for number in range(1, PAGES + 1)
    ]
    return pdf_samples.saved(pdf_samples.document(*pages))


def chinese() -> bytes:
    """Four letters in a font that the file names and does not hold, as many Chinese files do."""
    pdf = pdf_samples.document(b"BT /F2 60 Tf 40 400 Td <653662BC4EBA5458> Tj ET")
    pdf.pages[0].Resources.Font.F2 = pdf_samples.chinese_font(pdf)
    return pdf_samples.saved(pdf)


def stated() -> bytes:
    """A document that states ten thousand things of itself, some of them markup."""
    pdf = pdf_samples.document(b"")
    pdf.docinfo["/Title"] = SCRIPT
    for number in range(10_000):
        pdf.docinfo[f"/K{number}"] = f"{number} <b onclick=alert(1)>"
    return pdf_samples.saved(pdf)


def turned() -> bytes:
    """A photograph with a red box at 60,40, 100 wide and 80 high, stored on its side."""
    picture = Image.new("RGB", (400, 240), PAPER)
    ImageDraw.Draw(picture).rectangle((60, 40, 159, 119), fill=RED)
    said, out = Image.Exif(), io.BytesIO()
    said[0x0112], said[0x010E] = 6, SCRIPT
    picture.save(out, "JPEG", quality=95, exif=said)
    return out.getvalue()


def fax() -> bytes:
    """Three pages in one TIFF, each of another colour."""
    pages = [Image.new("RGB", (300, 200), colour) for colour in ("red", "lime", "blue")]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    return out.getvalue()


def long_text() -> str:
    """A text of 2 MB in paragraphs, each with its number."""
    return "\n\n".join(
        f"第{n}段 paragraph {n} " + "words of a long text " * 40 for n in range(2_400)
    )


def page() -> bytes:
    """A web page that would run, load and send."""
    return (
        f"<html><head><title>{SCRIPT}</title></head><body onload=\"document.title='ran'\">"
        "<p>Text <b>bold</b> &lt;script&gt;</p><img src='http://evil.invalid/x.png'>"
        "<form action='http://evil.invalid/'><input name=a></form></body></html>"
    ).encode()


def letter() -> bytes:
    """A document in which a figure was struck out and another put in."""
    body = (
        "<w:p><w:r><w:t>Held until </w:t></w:r>"
        '<w:del w:id="1" w:author="Clerk" w:date="2018-01-01T00:00:00Z"><w:r>'
        "<w:delText>March</w:delText></w:r></w:del>"
        '<w:ins w:id="2" w:author="Clerk" w:date="2018-01-01T00:00:00Z"><w:r>'
        "<w:t>June</w:t></w:r></w:ins></w:p>"
    )
    return samples.document(body)


def held() -> bytes:
    """An archive with a name that climbs, one that is markup, and a file that arrived as well."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../etc/passwd", "climbing\n")
        archive.writestr("<img src=x onerror=alert(1)>.txt", "markup\n")
        archive.writestr("copy of again.txt", "the same bytes under two names\n")
    return out.getvalue()
