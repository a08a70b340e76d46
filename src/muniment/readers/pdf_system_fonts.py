"""Letters for pages whose fonts are not in the file: the system's, by script.

- PDFium asks for a font by name and character set. It knows few names of fonts for Chinese,
  Japanese, Korean and Arabic letters, none of those that systems come with today, and draws
  nothing where it finds none: a page of a PDF without embedded fonts is then white.
- A font that is installed under the very name that the file gives is used first.
- Only processes that draw may look into `FONT_FOLDERS`. The boxes of letters follow the font that
  stands in: a reader that saw this system's fonts would give other parts on another machine. So a
  reader forgets them, whatever walls it has: what PDFium learns of their names before the walls
  are up, it would ask for behind them, and find nothing in place of the font that it brings.

Source: fpdf_sysfontinfo.h of PDFium (FPDF_SYSFONTINFO, character sets as in the Windows API).
"""

import ctypes
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts")
_FACES: dict[int, tuple[bytes, ...]] = {
    128: (b"Noto Sans CJK JP", b"Noto Sans CJK SC", b"IPAGothic"),
    129: (b"Noto Sans CJK KR", b"Noto Sans CJK SC", b"NanumGothic"),
    134: (b"Noto Sans CJK SC", b"WenQuanYi Micro Hei", b"WenQuanYi Zen Hei"),
    136: (b"Noto Sans CJK TC", b"Noto Sans CJK SC", b"WenQuanYi Micro Hei"),
    178: (b"Noto Naskh Arabic", b"Noto Sans Arabic", b"DejaVu Sans"),
}


@cache
def use_system_fonts() -> tuple[Any, ...]:
    """Let PDFium find fonts by script, in this process from now on.

    What is handed back must live as long as the process: PDFium calls it. The cache holds it.
    """
    info = pdfium.FPDF_GetDefaultSystemFontInfo()
    if not info:
        return ()
    mapper, getter = type(info.contents.MapFont), type(info.contents.GetFont)
    # Copies of the pointers: the fields themselves will point here.
    map_font = mapper(ctypes.cast(info.contents.MapFont, ctypes.c_void_p).value)
    get_font = getter(ctypes.cast(info.contents.GetFont, ctypes.c_void_p).value)

    def by_script(  # noqa: PLR0913, PLR0917 - PDFium's signature
        _this: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, exact: Any
    ) -> Any:
        for name in (face, *_FACES.get(charset, ())) if charset in _FACES else ():
            found = get_font(info, name)
            if found:
                return found
        return map_font(info, weight, italic, charset, pitch, face, exact)

    called = mapper(by_script)
    info.contents.MapFont = called
    pdfium.FPDF_SetSystemFontInfo(info)
    return info, called, map_font, get_font


def forget_system_fonts() -> None:
    """Let PDFium use the fonts that it brings, and no others, in this process from now on."""
    pdfium.FPDF_SetSystemFontInfo(None)
    use_system_fonts.cache_clear()  # PDFium has let go of what was handed to it
