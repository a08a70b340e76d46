"""Whether a file's name promises another type than its bytes are.

- A name is a hint and never decides anything; a disagreement is worth a person's look, because
  it is how things are hidden and how mistakes are made.
- Only endings whose types are plain are judged; an unknown ending says nothing.
"""

from pathlib import PurePosixPath

_ZIP_BASED = "application/vnd.openxmlformats-officedocument."
_NOTHING = ("application/x-empty", "")  # no bytes, or not looked at yet: no disagreement
# Ending: the beginnings of the media types that it may honestly stand for.
_PROMISES: dict[str, tuple[str, ...]] = {
    ".csv": ("text/",),
    ".docx": (
        _ZIP_BASED + "wordprocessingml",
        "application/x-ole-encrypted",
        "application/encrypted",
    ),
    ".eml": ("message/", "text/"),
    ".gif": ("image/gif",),
    ".htm": ("text/", "application/xhtml"),
    ".html": ("text/", "application/xhtml"),
    ".jpeg": ("image/jpeg",),
    ".jpg": ("image/jpeg",),
    ".pdf": ("application/pdf",),
    ".png": ("image/png",),
    ".tif": ("image/tiff",),
    ".tiff": ("image/tiff",),
    ".txt": ("text/",),
    ".xlsx": (_ZIP_BASED + "spreadsheetml", "application/x-ooxml-encrypted"),
    ".zip": ("application/zip",),
}


def disagreement(name: str, media_type: str) -> str | None:
    """A sentence where the ending of `name` promises another type than `media_type`."""
    ending = PurePosixPath(name.lower()).suffix
    promised = _PROMISES.get(ending)
    if promised is None or media_type.startswith(promised) or media_type in _NOTHING:
        return None
    if media_type == "application/octet-stream":
        return f"the name ends in {ending}, the bytes are of no known type"
    return f"the name ends in {ending}, the bytes are {media_type}"
