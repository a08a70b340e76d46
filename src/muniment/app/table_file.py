"""A table that a person hands to a command as a file, and files that stand beside the answer.

- UTF-8, or UTF-16 with its mark; another encoding is never guessed: a wrong guess would give wrong
  names of lists without a sign.
- A file is written whole under another name and then renamed.
"""

import codecs
from pathlib import Path

from muniment.core import UsageError

_LARGEST = 64 << 20  # bytes: two million rows, which take 1 GB while they are read


def text_of(path: Path, step: str) -> str:
    """The text of the file; `step` says what would be a table here.

    Raises:
        UsageError: it cannot be read, is too large, or is no text in these encodings.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(
                f"{path} is larger than {_LARGEST >> 20} MB", next_step="count its rows first"
            )
        content = path.read_bytes()
    except OSError as why:
        raise UsageError(f"{path} cannot be read: {why.strerror}", next_step=step) from why
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as why:
        raise UsageError(
            f"{path} is not UTF-8 (byte {why.start + 1:,})",
            next_step="save it as CSV in UTF-8; which encoding it is in is not guessed",
        ) from why


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there with all of its content or not at all."""
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(content)
    partial.rename(path)
