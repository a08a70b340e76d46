"""What is optional on a system and whether it is here: stated, never a crash."""

import ctypes.util
import shutil

from muniment.readers.ocr import installed_models

_PROGRAMS = {"LibreOffice": "soffice", "ExifTool": "exiftool"}


def surroundings() -> dict[str, str]:
    """Name of each optional thing, and `present` or `absent`."""
    found = {
        name: "present" if shutil.which(program) is not None else "absent"
        for name, program in _PROGRAMS.items()
    }
    libraries = {
        f"lib{name}": "absent" if ctypes.util.find_library(name) is None else "present"
        for name in ("magic", "archive")
    }
    models = {"Tesseract models": "absent" if installed_models() == () else "present"}
    return libraries | models | found
