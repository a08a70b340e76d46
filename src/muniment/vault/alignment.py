"""Finds what was done to a journal's lines by laying them beside `leaves.bin`, line by line.

- Each line says its position and names the line before; `leaves.bin` holds what each line was.
- A line that is what `leaves.bin` says for its own position is genuine. Genuine lines in the wrong
  place were moved, positions without a line were dropped, other lines were altered or inserted.
- Where a line and `leaves.bin` differ and the line after it names the line as it is, the two copies
  dispute; a signed checkpoint decides (`disputed`), if there is one.
- Memory is bounded: runs of positions, and reading stops after some thousand separate findings.
"""

from collections.abc import Sequence

from muniment.core import Digest
from muniment.vault.event import Event, decode_event
from muniment.vault.findings import Findings, What
from muniment.vault.leaves import Leaves
from muniment.vault.merkle import HASH_SIZE, CompactRange, leaf_hash
from muniment.vault.ranges import Ranges, name_run

_BLOCK = 65_536  # leaves held at once
_RUNS = 4_096  # separate runs of findings after which reading on would tell nothing more


class Alignment:
    """Lines are fed in order; afterwards `report` says what is wrong with them.

    `size` is how many events there are as far as the lines tell; `roots` are the roots of the
    lines as found, at the sizes asked for, up to the first line that is out of place.
    """

    def __init__(self, leaves: Leaves, header: Digest, sizes: Sequence[int]) -> None:
        self.size = 0
        self.roots: dict[int, Digest] = {}
        self.altered = Ranges()
        self.disputed = Ranges()
        self._findings = Findings()
        self._missing = Ranges()
        self._leaves = leaves
        self._block = (0, b"")
        self._prev: Digest | None = header
        self._suspect = -1  # position of a line that differs from leaves.bin, until the next line
        self._tree: CompactRange | None = CompactRange()
        self._run: list[bytes] = []
        self._sizes = sorted(set(sizes), reverse=True)
        self._take_roots()

    @property
    def is_hopeless(self) -> bool:
        """Whether there are so many findings that reading on would tell nothing more."""
        runs = len(self.altered) + len(self.disputed) + len(self._missing)
        return runs > _RUNS or self._findings.is_full

    def feed(self, line: bytes) -> Event | None:
        """Take the next line (without newline); returns the event where it is one, in its place."""
        try:
            event = decode_event(line)
        except ValueError:
            self._replace(Digest(leaf_hash(line)))
            return None
        if event.seq == self.size:
            self._place(event)
            return event
        self._displace(event)
        return None

    def finish(self, findings: Findings, signed_size: int) -> None:
        """Report what was dropped, moved and inserted; `signed_size` is the largest ever signed.

        What is in `altered` and `disputed` remains to be reported.
        """
        self._settle(None)
        for start, stop in self._missing:
            findings.fail(What.DROPPED, name_run(start, stop), "its line is missing")
        for failure in self._findings.failures:
            findings.fail(failure.what, failure.where, failure.why)
        known = max(self._leaves.count, signed_size)
        if self.size < known:
            whose = "a checkpoint" if signed_size == known else "leaves.bin"
            why = f"the journal ends here, {whose} knows {known} events"
            findings.fail(What.TRUNCATED, f"event {self.size}", why)

    def _place(self, event: Event) -> None:
        """A line that stands where it says that it stands."""
        seq, recorded = self.size, self._recorded(self.size)
        if self._suspect >= 0:
            self._settle(event.prev)
        elif self._prev is not None and event.prev != self._prev:
            self._unlinked(seq, differs=recorded not in (b"", event.leaf.raw))
        if recorded not in (b"", event.leaf.raw):
            self._suspect = seq
        self._advance(event.leaf)

    def _replace(self, leaf: Digest) -> None:
        """A line that can only be what became of the event that belongs here."""
        self._settle(None)
        self.altered.add(self.size, self.size + 1)
        self._advance(leaf)
        self._prev = None  # the next line names what stood here before

    def _displace(self, event: Event) -> None:
        """A line that says that it is another event than the one that belongs here."""
        seq, recorded = event.seq, self._leaves.read(event.seq, event.seq + 1)
        genuine = recorded == event.leaf.raw
        possible = genuine or (recorded == b"" and event.prev != self._prev)
        if seq > self.size:
            if not possible:
                self._replace(event.leaf)
                return
            self._settle(None)
            self._stop_tree()
            self._missing.add(self.size, seq)
            self.size, self._prev = seq, None
            self._place(event)
            return
        self._stop_tree()
        if possible and self._missing.discard(seq):
            where = f"it stands behind event {self.size - 1}"
            self._findings.fail(What.REORDERED, f"event {seq}", where)
        elif genuine and self._is_replaced(seq):
            why = "a line that was never recorded stands in front of it"
            self._findings.fail(What.INSERTED, f"event {seq}", why)
            self._prev = event.leaf if seq == self.size - 1 else self._prev
        else:
            kind = "a second copy of it" if genuine else "a line that says that it is this event"
            self._findings.fail(
                What.INSERTED, f"event {seq}", f"{kind} stands behind event {self.size - 1}"
            )

    def _is_replaced(self, seq: int) -> bool:
        """Whether another line was taken for `seq` before, which is now forgotten."""
        if self._suspect == seq:
            self._suspect = -1
            return True
        return self.altered.discard(seq)

    def _settle(self, prev: Digest | None) -> None:
        """Decide on the line before, now that the next one names its own `prev`, if it does."""
        if self._suspect >= 0:
            # Nothing follows the last line: it is judged as the one before.
            disputed = self._suspect - 1 in self.disputed if prev is None else prev == self._prev
            kept = self.disputed if disputed else self.altered
            kept.add(self._suspect, self._suspect + 1)
            self._suspect = -1

    def _unlinked(self, seq: int, *, differs: bool) -> None:
        if seq == 0:
            why = "it names another case header than this case has"
            self._findings.fail(What.HEADER, "event 0", why)
        elif not differs:
            # Both lines are what leaves.bin says, or it says nothing: it was changed with them.
            why = "the later does not follow the earlier, though leaves.bin does not differ"
            self._findings.fail(What.ALTERED, f"event {seq - 1} or {seq}", why)

    def _advance(self, leaf: Digest) -> None:
        self.size += 1
        self._prev = leaf
        if self._tree is not None:
            self._run.append(leaf.raw)
            if len(self._run) == _BLOCK or (self._sizes and self._sizes[-1] == self.size):
                self._tree.extend(b"".join(self._run))
                self._run.clear()
                self._take_roots()

    def _take_roots(self) -> None:
        if self._tree is not None and self._sizes and self._sizes[-1] == self.size:
            self.roots[self._sizes.pop()] = Digest(self._tree.root())

    def _stop_tree(self) -> None:
        self._tree = None
        self._run.clear()

    def _recorded(self, seq: int) -> bytes:
        first, block = self._block
        at = (seq - first) * HASH_SIZE
        if at >= _BLOCK * HASH_SIZE or at < 0 or block == b"":
            first, at = seq, 0
            block = self._leaves.read(seq, seq + _BLOCK)
            self._block = (first, block)
        return block[at : at + HASH_SIZE]
