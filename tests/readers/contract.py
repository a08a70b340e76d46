"""What every reader promises, as tests that a format's own test class inherits.

    class TestSubtitles(ReaderContract):
        reader = SUBTITLES
        samples = {"two lines of speech": b"1\n00:00:01,000 --> 00:00:02,000\nHello\n"}

- The same bytes give the same parts, and something comes out of every sample.
- Every part stands at a place that can be cited and parsed back.
- Cut, flipped and arbitrary bytes end in a state, never in a crash, and never without end.
- Children have the digest and size that are said of them; announced = emitted + failed.
"""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from muniment.core import (
    Area,
    Chars,
    Child,
    Citation,
    Metadata,
    Part,
    Problem,
    Reading,
    State,
    Tally,
    digest_of,
    parse_citation,
)
from muniment.readers import (
    READERS,
    ChildSink,
    Context,
    Desk,
    Limits,
    Reader,
    Request,
    child_path,
    open_source,
    read_isolated,
    read_parts,
)
from muniment.readers.detect import detect
from muniment.readers.known_readers import known
from muniment.readers.signals import StopReadingError

LIMITS = Limits(time_s=20, child_bytes=1 << 28)
_PAGED = ("pages", "frames", "slides")  # what is counted as pages are
_CUTS_AT_NIGHT = 150
Read = tuple[Reading, list[Part], Path]
# Not "memory-limit": a damaged header may ask for any size, and being stopped is the right end.
_BROKEN = {"reader-crashed", "timeout", "border-violation"}


def read_bytes(
    data: bytes,
    folder: Path,
    limits: Limits = LIMITS,
    readers: tuple[Reader, ...] = READERS,
) -> Read:
    """Read `data` in isolation: the reading, its parts, and the folder of its children."""
    folder = folder / os.urandom(8).hex()
    scratch = folder / "scratch"
    scratch.mkdir(parents=True)
    (folder / "object").write_bytes(data)
    request = Request(str(folder / "object"), digest_of(data))
    part_file = str(folder / "object.parts")
    reading = read_isolated(request, Desk(readers, limits, str(scratch)), part_file)
    return reading, list(read_parts(part_file)), scratch


class ReaderContract:
    """Inherit, and name the reader and samples that it can read."""

    reader: ClassVar[Reader]
    samples: ClassVar[Mapping[str, bytes]]
    cuts: ClassVar[int] = 5  # of each sample, where not at night

    @pytest.fixture(scope="class")
    @classmethod
    def readings(cls, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Read]:
        """Each sample, read once for the tests of the class."""
        folder = tmp_path_factory.mktemp("readings")
        return {sort: read_bytes(data, folder) for sort, data in cls.samples.items()}

    def test_it_is_registered(self) -> None:
        assert self.reader in READERS

    def test_its_types_are_detected_from_the_bytes(self, tmp_path: Path) -> None:
        for sort, data in self.samples.items():
            (tmp_path / "object").write_bytes(data)
            with open_source(str(tmp_path / "object")) as source:
                assert detect(source, known(READERS)) in self.reader.media_types, sort

    def test_every_sample_is_read_without_trouble(self, readings: Mapping[str, Read]) -> None:
        for sort, (reading, parts, _) in readings.items():
            assert reading.state is State.READ, (sort, reading.reason)
            assert not {part.code for part in parts if isinstance(part, Problem)} & _BROKEN
            assert (reading.reader, reading.reader_version) == (
                self.reader.name,
                self.reader.version,
            )

    def test_the_same_bytes_give_the_same_parts(
        self, readings: Mapping[str, Read], tmp_path: Path
    ) -> None:
        for sort, data in self.samples.items():
            first, parts, _ = readings[sort]
            second, again, _ = read_bytes(data, tmp_path)
            assert first == second
            assert parts == again

    def test_every_part_can_be_cited(self, readings: Mapping[str, Read]) -> None:
        for sort, data in self.samples.items():
            for part in readings[sort][1]:
                citation = Citation(digest_of(data), part.at)
                assert parse_citation(str(citation)) == citation

    def test_no_part_stands_outside_the_file(self, readings: Mapping[str, Read]) -> None:
        for sort, data in self.samples.items():
            _, parts, _ = readings[sort]
            pages = [p.announced for p in parts if isinstance(p, Tally) and p.sort in _PAGED]
            for part in parts:
                if isinstance(part.at, Chars) and part.at.section is None:
                    assert part.at.end <= len(data)
                if isinstance(part.at, Area) and part.at.page is not None:
                    assert part.at.page <= sum(pages)

    def test_children_are_what_is_said_of_them(self, readings: Mapping[str, Read]) -> None:
        for reading, parts, scratch in readings.values():
            children = [part for part in parts if isinstance(part, Child)]
            for child in children:
                stored = Path(child_path(str(scratch), child.digest)).read_bytes()
                assert hashlib.sha256(stored).digest() == child.digest.raw
                assert len(stored) == child.size
            assert reading.emitted == len(children)
            assert reading.announced == reading.emitted + reading.failed
            assert {path.name for path in scratch.iterdir()} == {c.digest.hex for c in children}

    def test_a_file_cut_or_flipped_anywhere_ends_in_a_state(self, tmp_path: Path) -> None:
        self._damage(tmp_path, self.cuts)

    @pytest.mark.night
    def test_a_file_cut_or_flipped_in_many_places_ends_in_a_state(self, tmp_path: Path) -> None:
        self._damage(tmp_path, _CUTS_AT_NIGHT)

    def _damage(self, folder: Path, steps: int) -> None:
        for sort, data in self.samples.items():
            for at in sorted({len(data) * step // steps for step in range(steps)}):
                self._check_damaged(data[:at], folder, f"{sort} cut at {at}")
                flipped = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
                self._check_damaged(flipped, folder, f"{sort} flipped at {at}")

    def _check_damaged(self, data: bytes, folder: Path, what: str) -> None:
        reading, parts, _ = read_bytes(data, folder)
        codes = {part.code for part in parts if isinstance(part, Problem)}
        assert not codes & _BROKEN, (what, reading.reason)
        assert reading.announced == reading.emitted + reading.failed
        assert reading.state is not State.PENDING
        assert (reading.reason == "") == (reading.state is State.READ), what

    def test_a_limit_that_is_reached_is_reported(self, tmp_path: Path) -> None:
        for data in self.samples.values():
            reading, parts, _ = read_bytes(data, tmp_path, Limits(output_bytes=1))
            assert reading.state is State.REFUSED
            assert parts[-1].code == "output-limit"  # type: ignore[union-attr]

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.differing_executors,
            HealthCheck.too_slow,
        ],
    )
    @given(data=st.binary(max_size=600), position=st.floats(0, 1), sample=st.integers(0, 99))
    @example(data=b"", position=0.0, sample=0)
    def test_arbitrary_bytes_raise_nothing_but_signals(
        self, tmp_path: Path, data: bytes, position: float, sample: int
    ) -> None:
        """Both alone and in the middle of a sample; in this process, for speed."""
        base = list(self.samples.values())[sample % len(self.samples)]
        at = int(position * len(base))
        for content in (data, base[:at] + data + base[at + len(data) :]):
            self._read_here(content, tmp_path)

    def _read_here(self, data: bytes, folder: Path) -> None:
        place = folder / os.urandom(8).hex()
        (place / "children").mkdir(parents=True)
        (place / "object").write_bytes(data)
        children = ChildSink(str(place / "children"), LIMITS)
        for media_type in self.reader.media_types[:2]:
            with open_source(str(place / "object")) as source:
                try:
                    for part in self.reader.read(source, Context(media_type, LIMITS, children)):
                        assert (
                            parse_citation(str(Citation(digest_of(data), part.at))).place == part.at
                        )
                except StopReadingError:
                    continue


class RefusalContract(ReaderContract):
    """The same for formats that are known and not read: no text and no file comes out.

    Name the state in which each sample ends; what it is, the reason says.
    """

    state: ClassVar[State]
    cuts: ClassVar[int] = 2

    def test_every_sample_is_read_without_trouble(self, readings: Mapping[str, Read]) -> None:
        for sort, (reading, parts, _) in readings.items():
            assert (reading.state, reading.reader) == (self.state, self.reader.name), sort
            assert reading.reason != ""
            assert all(isinstance(part, Metadata) for part in parts), sort

    def test_a_limit_that_is_reached_is_reported(self, tmp_path: Path) -> None:
        for data in self.samples.values():
            reading, _, _ = read_bytes(data, tmp_path, Limits(output_bytes=1))
            assert reading.state in {self.state, State.REFUSED}
            assert reading.reason != ""


def kinds(parts: list[Part], kind: type[Part]) -> list[Part]:
    """The parts of one kind."""
    return [part for part in parts if isinstance(part, kind)]


def codes(parts: list[Part]) -> list[str]:
    """The codes of all problems, in order."""
    return [part.code for part in parts if isinstance(part, Problem)]
