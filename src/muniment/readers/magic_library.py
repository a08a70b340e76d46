"""libmagic, where the system has it: a last opinion on binary files that no reader here reads.

- Where it is missing, such files are `application/octet-stream`; `libmagic_condition` says so, and
  the caller counts it.
"""

import re
from functools import cache

try:
    import magic
except ImportError:
    # python-magic is installed, but the shared library that it loads is not on this system.
    _AVAILABLE = False
else:
    _AVAILABLE = True

_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,120}", re.ASCII)
UNKNOWN = "application/octet-stream"


@cache
def _database() -> "magic.Magic":
    return magic.Magic(mime=True)


def type_by_libmagic(head: bytes) -> str:
    """The media type by libmagic; `application/octet-stream` where it is missing or knows none."""
    if not _AVAILABLE:
        return UNKNOWN
    try:
        found = _database().from_buffer(head)
    except magic.MagicException:
        return UNKNOWN
    # What reached this point is no text to us, and no reader may take it for one.
    named = _TYPE.fullmatch(found) is not None and not found.startswith("text/")
    return found if named else UNKNOWN


def libmagic_condition() -> str:
    """Empty where libmagic works; otherwise what is missing and what to do."""
    if _AVAILABLE:
        return ""
    return "libmagic is missing: some binary types stay unnamed; install libmagic1"
