"""Which of Tesseract's models are installed, and where; nothing is loaded to know it."""

import os

from muniment.readers.ocr.languages import BY_CODE, HAN, LATIN

_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
)
_MODEL = ".traineddata"
_NO_LANGUAGES = ("osd", "equ")


def models_folder() -> str | None:
    """The first folder that holds models; None where there is none."""
    return next((folder for folder in _FOLDERS if os.path.isdir(folder)), None)


def installed_models() -> tuple[str, ...]:
    """The codes of the languages whose models are installed, sorted; whole scripts left out."""
    folder = models_folder()
    if folder is None:
        return ()
    names = (name.removesuffix(_MODEL) for name in os.listdir(folder) if name.endswith(_MODEL))
    return tuple(sorted(n for n in names if n not in _NO_LANGUAGES and n[:1].islower()))


def readable_languages() -> tuple[str, ...]:
    """The languages that can be read here: those of one built-in model, and those installed."""
    built_in = {code for code, each in BY_CODE.items() if each.script in (HAN, LATIN)}
    return tuple(sorted(built_in | (set(installed_models()) & set(BY_CODE))))
