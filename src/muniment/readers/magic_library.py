"""libmagic, where the system has it: a last opinion on binary files that no reader here reads.

- Where it is missing, such files are `application/octet-stream`; `libmagic_condition` says so, and
  the caller counts it.
"""

from functools import cache

try:
    import magic
except ImportError:
    # python-magic is installed, but the shared library that it loads is not on this system.
    _AVAILABLE = False
else:
    _AVAILABLE = True

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
    return UNKNOWN if found.startswith("text/") or found == "" else str(found)


def libmagic_condition() -> str:
    """Empty where libmagic works; otherwise what is missing and what to do."""
    if _AVAILABLE:
        return ""
    return "libmagic is missing: some binary types stay unnamed; install libmagic1"
