"""Draws a page, or a box of it, as plain pixels: what people are shown instead of a file.

    page of a PDF, picture, frame ──▶ RGB on white paper, row by row, 3 bytes a pixel

- Not one of `READERS`: it says nothing that the file states, and is asked for page by page.
- What comes out are pixels without any format around them, so that whoever takes them has nothing
  to decode. Each size is a child whose `stated` says how wide and high it is.
- A box is in the units of the page's places: points from the top left of a PDF page as displayed,
  pixels of a picture's raster as stored. The frame around what is cited is drawn into the pixels.
- `turn` is an EXIF orientation (1 to 8) and is applied last, over box and frame.
"""

import io
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pypdfium2  # type: ignore[import-untyped]
from PIL import Image as Pillow
from PIL import ImageDraw

from muniment.core import Area, Child, Digest, Metadata, Part, Place, Relation, Whole
from muniment.readers.keys import Keys
from muniment.readers.limits import Limits
from muniment.readers.pdf_open import opened
from muniment.readers.pdf_system_fonts import use_system_fonts
from muniment.readers.picture_open import PICTURE_FORMATS, open_picture
from muniment.readers.reader import Context, Reader
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

RASTER_NAME, RASTER_VERSION = "page raster", 2
PDF = "application/pdf"
RASTER_TYPES = (PDF, *PICTURE_FORMATS)
CHANNELS = 3
MOST_PIXELS = 12_000_000  # of one raster, whatever width was asked for
PAGE_WIDTH, PAGE_HEIGHT = "page width", "page height"  # in the units of the page's places
_LARGEST_UNIT = 6.0  # pixels that a point of a PDF is drawn with at most
_LARGEST_PIXEL = 4.0  # and a pixel of a picture that is cut out of it
_FRAME = (196, 64, 24)
_PLANE_BITS = ("I", "F")  # modes with more than eight bits a channel
_WHITE = 255
_MIRRORED = Pillow.Transpose
_TURNS: dict[int, tuple[Pillow.Transpose, ...]] = {  # Exif 2.3, table 6, tag 274
    1: (),
    2: (_MIRRORED.FLIP_LEFT_RIGHT,),
    3: (_MIRRORED.ROTATE_180,),
    4: (_MIRRORED.FLIP_TOP_BOTTOM,),
    5: (_MIRRORED.TRANSPOSE,),
    6: (_MIRRORED.ROTATE_270,),
    7: (_MIRRORED.TRANSVERSE,),
    8: (_MIRRORED.ROTATE_90,),
}
_ON_ITS_SIDE = 5  # from this turn on, what was high is wide

Box = tuple[float, float, float, float]  # x, y, width, height


class Drawing(msgspec.Struct, frozen=True):
    """What to draw; `page` is None for a picture without pages, `widths` fall, in pixels.

    `box` is what is drawn, all of the page where it is None; `frame` is what is framed in it.
    """

    page: int | None
    widths: tuple[int, ...]
    box: Box | None = None
    frame: Box | None = None
    turn: int = 1


class _Drawn(msgspec.Struct, frozen=True):
    """The pixels of a box, the box, and the size of its page in the page's units.

    `most` is how many pixels a unit may be shown with.
    """

    pixels: Pillow.Image
    most: float
    box: Box
    width: float
    height: float


def raster_reader(media_type: str, drawing: Drawing) -> Reader:
    """A reader that draws this of one object, and gives each width as a child."""

    def _read(source: Source, context: Context) -> Iterator[Part]:
        drawn = _drawn(source, context, drawing)
        at: Place = Whole() if drawing.page is None else Area(page=drawing.page)
        yield Metadata(at, PAGE_WIDTH, repr(drawn.width))
        yield Metadata(at, PAGE_HEIGHT, repr(drawn.height))
        for index, width in enumerate(drawing.widths):
            picture = _finished(drawn, drawing, width)
            data = picture.tobytes()
            stored = context.children.put((data,))
            yield _child(at, index, picture, stored.digest, stored.size)

    return Reader(name=RASTER_NAME, version=RASTER_VERSION, media_types=(media_type,), read=_read)


def _child(at: Place, index: int, picture: Pillow.Image, digest: Digest, size: int) -> Child:
    stated = (("width", str(picture.width)), ("height", str(picture.height)))
    return Child(at, index, Relation.RENDERED, b"", "", digest, size, stated)


def _drawn(source: Source, context: Context, drawing: Drawing) -> _Drawn:
    if context.media_type == PDF:
        return _of_pdf(source, context.keys, drawing)
    with open_picture(source, context.media_type) as picture:
        return _of_picture(picture, drawing, context.limits)


def _of_pdf(source: Source, keys: Keys, drawing: Drawing) -> _Drawn:
    use_system_fonts()
    document = opened(source, keys, whole=False)
    try:
        with_forms = _tried(document.pages.init_forms)
        page = document.pages[(drawing.page or 1) - 1]
        width, height = page.get_size()
        box = _within(drawing.box, width, height)
        scale = min(_scale(box, drawing.widths[0], drawing.turn), _LARGEST_UNIT)
        left, top, across, down = box
        bitmap = page.render(
            scale=scale,
            crop=(left, height - top - down, width - left - across, top),
            may_draw_forms=with_forms,
            rev_byteorder=True,
        )
        return _Drawn(bitmap.to_pil().convert("RGB"), _LARGEST_UNIT, box, width, height)
    except (pypdfium2.PdfiumError, IndexError, ValueError, OverflowError) as why:
        raise UnreadableError("the page cannot be drawn") from why
    finally:
        document.close()


def _of_picture(picture: Pillow.Image, drawing: Drawing, limits: Limits) -> _Drawn:
    try:
        if (drawing.page or 1) > 1:
            picture.seek((drawing.page or 1) - 1)
        width, height = picture.size
        _refuse_beyond(width, height, limits.pixels)
        box = _within(drawing.box, width, height)
        if drawing.box is None:
            _draft(picture, drawing.widths[0])
        most = 1.0 if drawing.box is None else _LARGEST_PIXEL  # a small picture stays small
        return _Drawn(_in_colour(picture, box, drawing), most, box, width, height)
    except (MemoryError, RefusedError, UnreadableError):
        raise
    # The border to decoders of hostile bytes that document no exceptions.
    except Exception as why:
        raise UnreadableError(f"its pixels cannot be had ({said_of(why)})") from why


def _refuse_beyond(width: int, height: int, limit: int) -> None:
    if width * height > limit:
        raise RefusedError(f"has {width} x {height} pixels, more than {limit}")


def _draft(picture: Pillow.Image, width: int) -> None:
    """Let a JPEG be decoded no larger than it is shown: that takes a quarter of the time."""
    if picture.mode in ("L", "RGB"):
        picture.draft(picture.mode, (width, max(1, width * picture.height // picture.width)))


def _in_colour(picture: Pillow.Image, box: Box, drawing: Drawing) -> Pillow.Image:
    """The box in red, green and blue on white paper, sixteen bits brought down to eight."""
    left, top, across, down = box
    if drawing.box is not None:
        cut = (int(left), int(top), max(int(left) + 1, round(left + across)))
        picture = picture.crop((*cut, max(int(top) + 1, round(top + down))))
    if picture.mode.startswith(_PLANE_BITS):
        deep = picture.convert("F")
        low, high = deep.getextrema()
        step = _WHITE / max(float(high) - float(low), 1e-9)  # type: ignore[arg-type] # one channel
        picture = deep.point(lambda level: level * step - low * step).convert("L")  # type: ignore[operator] # as above
    if "A" in picture.mode or "transparency" in picture.info:
        layers = picture.convert("RGBA")
        paper = Pillow.new("RGBA", layers.size, (_WHITE,) * 4)
        picture = Pillow.alpha_composite(paper, layers)
    return picture.convert("RGB")


def _finished(drawn: _Drawn, drawing: Drawing, width: int) -> Pillow.Image:
    """The pixels at that width, framed and turned."""
    picture, box = drawn.pixels, drawn.box
    scale = min(_scale(box, width, drawing.turn), drawn.most)
    size = (max(1, round(box[2] * scale)), max(1, round(box[3] * scale)))
    if size != picture.size:
        picture = picture.resize(size, Pillow.Resampling.LANCZOS, reducing_gap=2.0)
    if drawing.frame is not None:
        picture = picture.copy()
        _draw_frame(picture, drawing.frame, box)
    for step in _TURNS[drawing.turn]:
        picture = picture.transpose(step)
    return picture


def _draw_frame(picture: Pillow.Image, frame: Box, box: Box) -> None:
    """A line around what is cited, outside its letters."""
    across, down = picture.width / box[2], picture.height / box[3]
    line = max(2, round(picture.width / 350))
    left, top = (frame[0] - box[0]) * across, (frame[1] - box[1]) * down
    right, bottom = left + frame[2] * across, top + frame[3] * down
    room = line * 2
    corners = (left - room, top - room, right + room, bottom + room)
    ImageDraw.Draw(picture).rectangle(corners, outline=_FRAME, width=line)


def _scale(box: Box, width: int, turn: int) -> float:
    """Pixels a unit, so that the box is that wide once turned, and its pixels not too many."""
    across = box[3] if turn >= _ON_ITS_SIDE else box[2]
    return float(min(width / across, (MOST_PIXELS / (box[2] * box[3])) ** 0.5))


def _within(box: Box | None, width: float, height: float) -> Box:
    """The box cut to the page.

    Raises:
        UnreadableError: the page has no size, or the box is not on it.
    """
    if not (width > 0 and height > 0):
        raise UnreadableError("the page has no size")
    if box is None:
        return 0.0, 0.0, float(width), float(height)
    left, top = max(0.0, box[0]), max(0.0, box[1])
    right, bottom = min(float(width), box[0] + box[2]), min(float(height), box[1] + box[3])
    if right - left <= 0 or bottom - top <= 0:
        raise UnreadableError("the place lies outside the page")
    return left, top, right - left, bottom - top


def _tried(init_forms: Callable[[], Any]) -> bool:
    """Whether what is filled into a form can be drawn."""
    try:
        init_forms()
    except pypdfium2.PdfiumError:
        return False
    return True


def pixels_of(data: bytes, width: int, height: int) -> bytes:
    """Bytes that `page raster` gave, once their number is what width and height say.

    Raises:
        ValueError: they are not so many, or more than a raster has.
    """
    if not (0 < width * height <= MOST_PIXELS * 2 and width > 0):
        raise ValueError("a raster of no such size is ever drawn")
    if len(data) != width * height * CHANNELS:
        raise ValueError("the pixels are not as many as was said")
    return data


def encoded(data: bytes, width: int, height: int, form: str) -> bytes:
    """These pixels as a WebP or PNG file, which holds nothing else.

    Raises:
        ValueError: they are not as many as width and height say.
    """
    picture = Pillow.frombytes("RGB", (width, height), pixels_of(data, width, height))
    out = io.BytesIO()
    if form == "png":
        picture.save(out, "PNG", compress_level=6)
    else:
        picture.save(out, "WEBP", quality=82, method=2)
    return out.getvalue()
