"""Lets a process that forks others read files of ours, so that those do not begin from nothing.

- What a first file loads and makes (codecs, patterns, tables of letters, what the interpreter
  learns of our lines) would otherwise be loaded and made behind every fork, in copied pages.
- No result depends on it: it is what any file before may have left in a process.
"""

import codecs
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress

from muniment.readers.detect import container_type, detect
from muniment.readers.known_readers import KnownReaders
from muniment.readers.limits import Limits
from muniment.readers.reader import Context
from muniment.readers.signals import ElsewhereError, StopReadingError
from muniment.readers.sink import ChildSink
from muniment.readers.source import Source

_TIMES = 9  # the interpreter specialises a function of ours at its eighth call
_CODECS = ("cp437", "utf-16-le", "utf-16-be", "utf-7", "cp1251", "cp1250", "iso8859-2", "latin-1")


def read_first_files(samples: Sequence[bytes], readers: KnownReaders) -> None:
    """Detect and read each of these, some times."""
    for name in _CODECS:
        codecs.lookup(name)
    with tempfile.TemporaryDirectory(prefix="muniment-first-") as folder:
        for content in samples:
            for _ in range(_TIMES):
                with suppress(StopReadingError, ElsewhereError):
                    _read(content, readers, folder)


def _read(content: bytes, readers: KnownReaders, folder: str) -> None:
    descriptor = os.memfd_create("first")
    try:
        os.write(descriptor, content)
        source = Source(descriptor)
        media_type = detect(source, readers) or container_type(source)
        reader = readers.of(media_type)
        if reader is not None:
            limits = Limits()
            for _ in reader.read(source, Context(media_type, limits, ChildSink(folder, limits))):
                pass
    finally:
        os.close(descriptor)
