"""Apache Tika, compiled into the library extractous: the last of the fallbacks, an extra.

- It starts no program: the reading process cannot, and PATH is empty while it reads.
- It holds the interpreter while it works, so that no alarm reaches it: the kernel ends it.
- It is given a file and not bytes: those it would copy into a folder that no reader may write.
- Properties come in no order; they are sorted.
"""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec

from muniment.readers.extracted import Extracted, ExtractionError, is_failure_of

_LONGEST_TEXT = 50_000_000  # code points
_CPU_S = 60
_OWN = ("X-TIKA", "Content-Type", "Content-Length", "resourceName", "embeddedRe")


def tika_is_installed() -> bool:
    """Whether the extra `tika` is there."""
    return find_spec("extractous") is not None


def extract_by_tika(path: str) -> Extracted:
    """The text that Tika finds in the file; it decides the type itself.

    Raises:
        ExtractionError: it cannot read them.
    """
    # 115 MB of native code, and an extra: only where it is installed and asked for.
    from extractous import Extractor  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        with _alone():
            extractor = Extractor().set_extract_string_max_length(_LONGEST_TEXT)
            text, properties = extractor.extract_file_to_string(path)
    # The border to a library whose failures are panics, which are no Exceptions.
    except BaseException as why:
        if not is_failure_of(why):
            raise
        raise ExtractionError(
            "Tika cannot read it: it is damaged, or of a form that Tika does not know"
        ) from why
    stated = sorted(
        (name, value)
        for name, values in properties.items()
        if not name.startswith(_OWN)
        for value in values
    )
    return Extracted(f"extractous {version('extractous')}", text, tuple(stated))


@contextmanager
def _alone() -> Iterator[None]:
    """No programs to be found, and a limit on CPU time; both as they were afterwards."""
    programs, limits = os.environ.get("PATH"), resource.getrlimit(resource.RLIMIT_CPU)
    used = resource.getrusage(resource.RUSAGE_SELF)
    wanted = int(used.ru_utime + used.ru_stime) + _CPU_S
    soft = wanted if limits[1] == resource.RLIM_INFINITY else min(wanted, limits[1])
    os.environ["PATH"] = ""
    resource.setrlimit(resource.RLIMIT_CPU, (soft, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, limits)
        if programs is not None:
            os.environ["PATH"] = programs
