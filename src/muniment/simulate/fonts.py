"""Finds what pages can be drawn with, and says plainly what was found.

Invariants:

- a font is looked for in a fixed order: the package `noto-cjk-sans-otc`, then known system paths,
  then, for Latin letters only, the font inside Pillow;
- what is used stands in the truth by name; pages in a script without a font are not drawn at all
  and the summary says so: an empty box is never passed off as a scan;
- Arabic script is drawn only where Pillow can shape it (libraqm).
"""

import importlib.metadata
from pathlib import Path

import msgspec
from PIL import ImageFont, features

_HAN_PACKAGE, _HAN_FILE = "noto-cjk-sans-otc", "NotoSansCJK-Regular.ttc"
_HAN_SYSTEM = ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",)
_ARABIC_SYSTEM = (
    "/usr/share/fonts/truetype/ukij-uyghur/UKIJTuz.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
)
_SIMPLIFIED_CHINESE = 2  # index of "Noto Sans CJK SC" in the collection
_CYRILLIC_SYSTEM = ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",)
BUILT_IN = "Pillow's built-in font"

Drawable = ImageFont.FreeTypeFont | ImageFont.ImageFont


class Fonts(msgspec.Struct, frozen=True):
    """Paths of the fonts found; empty where there is none."""

    han: str
    arabic: str
    cyrillic: str

    def load(self, script: str, size: int) -> Drawable:
        """A font for `han`, `arabic`, `cyrillic` or `latin` at `size` pixels.

        Raises `ValueError` for a script that `can_draw` says no to.
        """
        if not self.can_draw(script):
            raise ValueError(f"no font for {script} letters was found")
        if script == "latin":
            return ImageFont.load_default(size)
        path = {"han": self.han, "arabic": self.arabic, "cyrillic": self.cyrillic}[script]
        collection = path.endswith(".ttc")
        return ImageFont.truetype(path, size, index=_SIMPLIFIED_CHINESE if collection else 0)

    def can_draw(self, script: str) -> bool:
        return self.named[script] != ""

    @property
    def named(self) -> dict[str, str]:
        """Script to the file name of its font, for the truth; never a machine's path."""
        return {
            "han": Path(self.han).name,
            "arabic": Path(self.arabic).name,
            "cyrillic": Path(self.cyrillic).name,
            "latin": BUILT_IN,
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences on what could not be drawn."""
        missing = []
        if not self.han:
            missing.append(
                "No Chinese font was found: no scanned page is in Chinese. "
                f"Install the package {_HAN_PACKAGE} for that."
            )
        if not self.arabic:
            missing.append("No font for Uyghur was found: no scanned page is in Uyghur.")
        if not self.cyrillic:
            missing.append("No font for Cyrillic was found: no scanned page is in Russian.")
        return tuple(missing)


def find_fonts() -> Fonts:
    """The fonts of this machine and environment, in the fixed order."""
    han = _packaged() or _first(_HAN_SYSTEM)
    arabic = _first(_ARABIC_SYSTEM) if features.check("raqm") else ""
    return Fonts(han, arabic, han or _first(_CYRILLIC_SYSTEM))


def _packaged() -> str:
    try:
        files = importlib.metadata.files(_HAN_PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return ""  # the package is optional; `remarks` tells what follows from that
    return next((str(file.locate()) for file in files or () if file.name == _HAN_FILE), "")


def _first(paths: tuple[str, ...]) -> str:
    return next((path for path in paths if Path(path).is_file()), "")
