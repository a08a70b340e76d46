"""The picture that stands where a picture cannot be shown: it says why, in our own words."""

import io
import textwrap

from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

_SIZE = (700, 260)
_PAPER, _LINE, _INK, _SOFT = (247, 244, 237), (190, 183, 170), (60, 56, 50), (120, 112, 100)
_ASCII = "ascii"


def drawn_reason(reason: str) -> bytes:
    """A PNG that says "cannot be shown" and the reason."""
    picture = Pillow.new("RGB", _SIZE, _PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, _SIZE[0] - 1, _SIZE[1] - 1), outline=_LINE, width=2)
    pen.text((40, 44), "Cannot be shown", fill=_INK, font=ImageFont.load_default(32))
    told = reason.encode(_ASCII, "replace").decode(_ASCII)
    for number, line in enumerate(textwrap.wrap(told, 58)[:5]):
        pen.text((40, 100 + 28 * number), line, fill=_SOFT, font=ImageFont.load_default(20))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
