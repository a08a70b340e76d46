"""Feeds one of our own parsers with bytes that reach ever more of it, for so many seconds.

    python -m tests.quality.coverage_fuzz                      the targets
    python -m tests.quality.coverage_fuzz png-structure 60     one of them, for a minute

- Needs atheris (libFuzzer), Linux only; whatever raises but a reader's signals ends it with 77.
- The bytes that did it lie in `crash-…` in the working folder.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(include=["muniment.readers"]):
    from muniment.readers import READERS, ChildSink, Context, Limits, Source
    from muniment.readers.detect import container_type, detect
    from muniment.readers.icc_profile import icc_parts
    from muniment.readers.jpeg_structure import jpeg_parts
    from muniment.readers.jumbf_boxes import jumbf_labels
    from muniment.readers.known_readers import known
    from muniment.readers.markup_scan import root_name, tokens
    from muniment.readers.photoshop_resources import iptc_parts, resource_parts
    from muniment.readers.picture_ends import bmp_parts, box_parts, gif_parts, webp_parts
    from muniment.readers.png_structure import png_parts
    from muniment.readers.signals import StopReadingError
    from muniment.readers.text_kinds import text_type
    from muniment.readers.tiff_directories import tiff_parts
    from muniment.readers.word_share import word_share

Target = Callable[[bytes], object]
_LIMITS = Limits(child_bytes=1 << 26, children=1_000, cells=100_000)
# Readers that are our own code throughout, or nearly; not those over lxml, which libFuzzer cannot
# follow and under which it was seen to stand still.
_READERS = (
    *("text", "delimited", "web-page", "zip", "tar", "mail", "mailbox", "rtf", "old-workbook"),
    *("word-binary", "presentation-binary", "outlook-message", "tnef", "metafile"),
    *("note-section", "property-list", "sql-dump", "calendar", "dbase"),
)


@contextmanager
def _source(data: bytes) -> Iterator[Source]:
    descriptor = os.memfd_create("fuzz")
    try:
        os.write(descriptor, data)
        yield Source(descriptor)
    finally:
        os.close(descriptor)


def _detection(data: bytes) -> None:
    with _source(data) as source:
        detect(source, known(READERS))
        container_type(source)
        text_type(source, data[: 1 << 16])


def _markup(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    list(tokens(text))
    root_name(text)
    word_share(text)


def _reader(name: str) -> Target:
    reader = next(reader for reader in READERS if reader.name == name)

    def run(data: bytes) -> None:
        with _source(data) as source, tempfile.TemporaryDirectory() as folder:
            children = ChildSink(folder, _LIMITS)
            for media_type in reader.media_types[:3]:
                try:
                    list(reader.read(source, Context(media_type, _LIMITS, children)))
                except StopReadingError:
                    continue

    return run


TARGETS: dict[str, Target] = {
    "detection": _detection,
    "markup": _markup,
    "jpeg-structure": lambda data: list(jpeg_parts(data, [])),
    "png-structure": lambda data: list(png_parts(data, [])),
    "gif": lambda data: list(gif_parts(data, [])),
    "webp": lambda data: list(webp_parts(data, [])),
    "bmp": lambda data: list(bmp_parts(data, [])),
    "boxes": lambda data: list(box_parts(data, [])),
    "tiff-directories": lambda data: list(tiff_parts(data, [], packets=True)),
    "icc": lambda data: list(icc_parts(data)),
    "iptc": lambda data: list(iptc_parts(data)),
    "photoshop-resources": lambda data: list(resource_parts(data, [])),
    "jumbf": lambda data: list(jumbf_labels(data)),
    **{f"reader:{r.name}": _reader(r.name) for r in READERS if r.name in _READERS},
}


def main(arguments: list[str]) -> int:
    if len(arguments) == 0:
        print("\n".join(TARGETS))  # noqa: T201 - a command
        return 0
    target = TARGETS[arguments[0]]
    seconds = arguments[1] if len(arguments) > 1 else "60"
    options = [sys.argv[0], f"-max_total_time={seconds}", "-max_len=4096", "-rss_limit_mb=2048"]
    atheris.Setup([*options, "-timeout=20", *arguments[2:]], target)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
