"""What a foreign extractor made of an object: its text, and what the file states of itself."""

import msgspec


class Extracted(msgspec.Struct, frozen=True):
    """Text without places; `stated` are pairs of name and value, ordered."""

    engine: str  # name and version, for the Metadata `read by`
    text: str
    stated: tuple[tuple[str, str], ...] = ()


class ExtractionError(Exception):
    """The engine could not read the object; `reason` holds nothing that the file wrote."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_failure_of(why: BaseException) -> bool:
    """Whether a native library failed: an Exception, or a Rust panic, which is none.

    Memory that ran out, and what stops the reading from outside, are not the library's.
    """
    if isinstance(why, Exception):
        return not isinstance(why, MemoryError)
    return type(why).__name__ == "PanicException"
