"""The journal: everything received and everything decided, in order, only ever appended to.

- `append` returns when the events are durable; what it returned is there after any crash.
- Each event names the leaf hash of the one before; the first names the digest of the case header.
- Events are handed out only after they were checked against `leaves.bin`. This check cannot be
  turned off: proofs and checkpoints are made from `leaves.bin`, and would otherwise speak of
  other events than those that are shown.
- At most one journal is open for writing; whoever opens it holds the lock of the case.
- Memory does not grow with the journal. The layout is drawn in docs/formats/journal.md.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

import msgspec

from muniment.core import Digest, Error, UsageError, digest_of
from muniment.vault.durable import sync_folder, write_all
from muniment.vault.event import Event, EventDraft, encode_event
from muniment.vault.leaves import Leaves
from muniment.vault.merkle import CompactRange, consistency_proof, inclusion_proof, leaf_hash
from muniment.vault.replay import Extent, damaged, read_raw, replay, survey
from muniment.vault.segments import SEGMENT_EVENTS, keep_torn, segment_path

Clock = Callable[[], datetime]


class Journal:
    """An open journal. Made by `create` and `open`; closed by `close` or by leaving `with`."""

    def __init__(self, folder: Path, clock: Clock, header: Digest | None) -> None:
        """Open for reading; `create` and `open` are the doors."""
        self._folder = folder
        self._clock = clock
        self._header = header
        self._leaves = Leaves(folder / "leaves.bin")
        self._extent = survey(folder, self._leaves)
        self._tree: CompactRange | None = None  # only where open for writing
        self._handle = -1
        self._learn_missing_leaves()

    @classmethod
    def create(cls, folder: Path, case_header: bytes, clock: Clock) -> "Journal":
        """A new journal in `folder`, which is made and whose parent exists; open for writing.

        `case_header` is the bytes of `muniment.json`.

        Raises:
            UsageError: `folder` exists already.
        """
        try:
            folder.mkdir()
        except FileExistsError as why:
            raise UsageError(
                f"{folder} exists already", next_step="Open the case instead of creating it."
            ) from why
        for name in ("checkpoints", "timestamps"):
            (folder / name).mkdir()
        os.close(os.open(segment_path(folder, 0), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644))
        sync_folder(folder)
        sync_folder(folder.parent)
        journal = cls(folder, clock, digest_of(case_header))
        journal._start_writing()
        return journal

    @classmethod
    def open(
        cls,
        folder: Path,
        clock: Clock,
        *,
        writable: bool = False,
        case_header: bytes | None = None,
    ) -> "Journal":
        """The journal in `folder`.

        Opening for writing keeps a torn append aside and completes `leaves.bin`; opening for
        reading changes nothing on the disk. With `case_header` (the bytes of `muniment.json`) the
        first event is held to it; a journal without events takes none before it is known.

        Raises:
            UsageError: there is no journal in `folder`.
            IntegrityError: the files are not what was recorded; the message names the event.
        """
        if not folder.is_dir():
            raise UsageError(
                f"there is no journal in {folder}", next_step="Name the folder of a case."
            )
        journal = cls(folder, clock, None if case_header is None else digest_of(case_header))
        if writable:
            journal._start_writing()
        return journal

    @property
    def folder(self) -> Path:
        """Where the journal is."""
        return self._folder

    @property
    def size(self) -> int:
        """How many events the journal holds."""
        return self._extent.size

    @property
    def torn_bytes(self) -> int:
        """How many bytes of an append that was cut off stand after the last event."""
        return self._extent.torn

    def root(self, size: int | None = None) -> Digest:
        """The root of the tree of the first `size` events; of all where `size` is None.

        Raises:
            UsageError: the journal does not reach that far.
        """
        wanted = self._within(size)
        if self._tree is not None and wanted == self._tree.size:
            return Digest(self._tree.root())
        return Digest(self._leaves.stretch_root(0, wanted))

    def append(self, drafts: Sequence[EventDraft]) -> list[Event]:
        """Record `drafts` in order, all at the time that the clock says now; durable on return.

        Raises:
            ValueError: a draft cannot be written; nothing was appended.
            UsageError: the journal is not open for writing.
            Error: the disk refused. What was asked is not acknowledged, and the journal takes
                nothing more until it is opened again: only then is it known what is there.
        """
        if self._tree is None:
            raise UsageError(
                "the journal is not open for writing", next_step="Open the case for writing."
            )
        lines, events = self._encode(drafts)
        try:
            self._store(self._tree, lines, events)
        except OSError as why:
            self._let_go()
            raise Error(
                f"the journal could not be written: {why}",
                next_step="Make room or repair the disk, then open the case again.",
            ) from why
        return events

    def events(self, start: int = 0, stop: int | None = None) -> Iterator[Event]:
        """The events from `start` up to and without `stop`, each checked before it is handed out.

        Raises:
            UsageError: the journal does not reach that far.
            IntegrityError: an event is not what was recorded; the message names it.
        """
        end = self._within(stop)
        prev = self._leaf_before(self._within(start))
        return replay(self._folder, self._leaves, start, end, prev)

    def line(self, seq: int) -> bytes:
        """The line (without newline) of event `seq`, checked like `events`.

        Raises:
            UsageError: the journal does not reach that far.
            IntegrityError: the event is not what was recorded.
        """
        event = next(self.events(seq, self._within(seq + 1)))
        line = next(line for _, line, _ in read_raw(self._folder, self._leaves, seq, seq + 1))
        if leaf_hash(line) != event.leaf.raw:
            raise damaged(seq, "it changed while it was read")
        return line

    def inclusion_proof(self, seq: int, size: int | None = None) -> tuple[Digest, ...]:
        """Proof that event `seq` is among the first `size` events, lowest node first.

        Raises:
            UsageError: the journal does not reach that far.
        """
        whole = self._within(size)
        if not 0 <= seq < whole:
            raise UsageError(
                f"there is no event {seq} among the first {whole}",
                next_step="Ask for an event that the journal holds.",
            )
        path = inclusion_proof(seq, whole, self._leaves.stretch_root)
        return tuple(Digest(node) for node in path)

    def consistency_proof(self, old: int, new: int | None = None) -> tuple[Digest, ...]:
        """Proof that the first `old` events are the beginning of the first `new`.

        Raises:
            UsageError: the journal does not reach that far, or `old` is larger than `new`.
        """
        whole = self._within(new)
        if not 0 <= old <= whole:
            raise UsageError(
                f"{old} events are no beginning of {whole}",
                next_step="Name the smaller size first.",
            )
        path = consistency_proof(old, whole, self._leaves.stretch_root)
        return tuple(Digest(node) for node in path)

    def close(self) -> None:
        """Make `leaves.bin` durable and let go of the files; reading goes on working."""
        if self._tree is not None:
            self._leaves.store(b"", sync=True)
        self._let_go()

    def __enter__(self) -> Self:
        """This journal."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def _let_go(self) -> None:
        if self._tree is not None:
            os.close(self._handle)
            self._tree = None

    def _learn_missing_leaves(self) -> None:
        """Make in memory the leaves that `leaves.bin` lacks, after a crash or a loss."""
        known, size = self._leaves.count, self._extent.size
        missing = replay(self._folder, self._leaves, known, size, self._leaf_before(known))
        self._leaves.remember(b"".join([event.leaf.raw for event in missing]))

    def _start_writing(self) -> None:
        extent = self._extent
        if extent.torn > 0:
            keep_torn(self._folder, extent.last, extent.size, extent.whole)
            self._extent = msgspec.structs.replace(extent, torn=0)
        self._leaves.store(b"", sync=True)
        self._tree = self._leaves.range_of(0, extent.size)
        self._handle = self._open_segment(extent.last)

    def _open_segment(self, first: int) -> int:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
        handle = os.open(segment_path(self._folder, first), flags, 0o644)
        sync_folder(self._folder)
        return handle

    def _encode(self, drafts: Sequence[EventDraft]) -> tuple[list[bytes], list[Event]]:
        at = self._clock()
        seq, prev = self.size, self._leaf_before(self.size)
        if prev is None:
            raise UsageError(
                "the first event names the case header, which is not known here",
                next_step="Open the journal with the bytes of muniment.json.",
            )
        lines: list[bytes] = []
        events: list[Event] = []
        for draft in drafts:
            line, event = encode_event(draft, seq, prev, at)
            seq, prev = seq + 1, event.leaf
            lines.append(line)
            events.append(event)
        return lines, events

    def _store(self, tree: CompactRange, lines: list[bytes], events: list[Event]) -> None:
        done = 0
        while done < len(lines):
            extent = self._extent
            if extent.size == extent.last + SEGMENT_EVENTS:
                full, self._handle = self._handle, self._open_segment(extent.size)
                os.close(full)
                extent = Extent(extent.size, extent.size, 0, 0)
            stop = min(len(lines), done + extent.last + SEGMENT_EVENTS - extent.size)
            data = b"\n".join(lines[done:stop]) + b"\n"
            write_all(self._handle, data)
            os.fsync(self._handle)
            leaves = b"".join([event.leaf.raw for event in events[done:stop]])
            tree.extend(leaves)
            self._leaves.store(leaves, sync=tree.size % SEGMENT_EVENTS == 0)
            self._extent = Extent(tree.size, extent.last, extent.whole + len(data), 0)
            done = stop

    def _leaf_before(self, seq: int) -> Digest | None:
        """What event `seq` names as `prev`; None for the first where the header is not known."""
        return self._header if seq == 0 else Digest(self._leaves.read(seq - 1, seq))

    def _within(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise UsageError(
                f"the journal holds {self.size} events, not {size}",
                next_step="Ask for a size that the journal has had.",
            )
        return size
