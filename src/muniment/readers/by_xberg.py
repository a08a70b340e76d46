"""xberg: the first of the fallbacks, on bytes, with everything off that is not reading.

- No OCR, no cache, no network (there is none), no grammars, no files inside archives.
- The library waits on its own runtime; the call is awaited without asyncio's sockets.
"""

from importlib.metadata import version
from typing import Any

from muniment.readers.extracted import Extracted, ExtractionError, is_failure_of

_STATED = ("title", "subject", "created_at", "modified_at", "created_by", "modified_by")
_LISTS = ("authors", "keywords")


def extract_by_xberg(data: bytes, media_type: str) -> Extracted:
    """The text that xberg finds in bytes of a type it knows.

    Raises:
        ExtractionError: it cannot read them.
    """
    # Half a second and 60 MB to load, and asyncio: only for the files that come this far. What a
    # worker has loaded is copied for every object that it reads.
    import xberg  # noqa: PLC0415

    from muniment.readers.loop_without_sockets import run_awaited  # noqa: PLC0415

    async def call() -> Any:
        config = xberg.ExtractionConfig(
            disable_ocr=True,
            use_cache=False,
            enable_quality_processing=False,
            max_archive_depth=0,
            concurrency=xberg.ConcurrencyConfig(max_threads=1),
        )
        given = xberg.ExtractInput(kind="bytes", bytes=data, mime_type=media_type)
        return await xberg.extract(given, config)

    try:
        results = run_awaited(call()).results
    # The border to a library that panics and raises what it likes on hostile bytes.
    except BaseException as why:
        if not is_failure_of(why):
            raise
        raise ExtractionError(
            "xberg cannot read it: it is damaged, or of a form that xberg does not know"
        ) from why
    if len(results) != 1:
        raise ExtractionError("xberg cannot read it")
    return Extracted(f"xberg {version('xberg')}", results[0].content, _stated(results[0].metadata))


def _stated(metadata: Any) -> tuple[tuple[str, str], ...]:
    single = [(name, getattr(metadata, name)) for name in _STATED]
    several = [(name, value) for name in _LISTS for value in getattr(metadata, name) or ()]
    return tuple((name, str(value)) for name, value in [*single, *several] if value)
