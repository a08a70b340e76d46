"""Tries candidate passwords on what is locked, records what opens, and reads what was opened.

    locked objects ──▶ chunks of candidates ──▶ workers ──▶ key ring ──▶ journal ──▶ read again
          ▲                                                                            │
          └───────────────── what lay inside, and texts that were now read ────────────┘

- Every object's likeliest candidates are tried before any object's less likely ones.
- A chunk is as large as can be tried in some seconds, so a slow scheme stalls nobody.
- What opened is durable before anything is made of it; a kill costs the chunk under way.
- A password that opened one object is the first to be tried on all others.
"""

import math
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import msgspec

from muniment.catalog.candidates import KNOWN, Candidate
from muniment.catalog.decryptions import Opened, decryption_draft, keys_on_record
from muniment.catalog.ledger import Ledger
from muniment.catalog.locked import LockedObject, children_of, locked_objects
from muniment.catalog.processing import (
    Plan,
    Processed,
    Progress,
    catch_up,
    open_ledger,
    prepare_scratch,
    process,
)
from muniment.catalog.step import ReadTask
from muniment.catalog.tried import Memory
from muniment.catalog.trying import Tried, TryTask, try_keys
from muniment.core import Digest, Secret
from muniment.engine import Done, Local
from muniment.vault import Case, Journal, KeyRing

_FIRST_CHUNK = 16
_LARGEST_CHUNK = 2_048
_CHUNK_S = 6.0

Offer = Callable[[Ledger, LockedObject], Iterable[Candidate]]


class Bounds(msgspec.Struct, frozen=True):
    """How many candidates an object is worth, and until when any is tried, by `time.monotonic`."""

    most: int
    until: float = math.inf

    def has_time(self) -> bool:
        """Whether there is still time to try anything."""
        return time.monotonic() < self.until


class Trial(msgspec.Struct, frozen=True):
    """What trying takes: the ring that keeps what opens, and the secret of the memory."""

    ring: KeyRing
    memory_key: bytes
    bounds: Bounds
    offer: Offer


class Unlocked(msgspec.Struct, frozen=True):
    """What a run opened, in order; how many candidates it tried; and what reading it gave."""

    opened: tuple[Opened, ...]
    tried: int
    processed: Processed


def unlock(case: Case, journal: Journal, plan: Plan, trial: Trial, progress: Progress) -> Unlocked:
    """Read what is pending, then open what the candidates open, as deep as that goes.

    The caller holds the case's lock.
    """
    processed = process(case, journal, plan, progress)
    opened: list[Opened] = []
    tried: dict[Digest, int] = {}
    while True:
        found = _Round(case, journal, plan, trial, progress).run(tried)
        if len(found) == 0:
            return Unlocked(tuple(opened), sum(tried.values()), processed)
        opened += found
        again = process(case, journal, plan, progress)
        processed = Processed(processed.read + again.read, again.by_state)


class _Hunt:
    """The candidates of one object, in order, each once."""

    def __init__(
        self,
        locked: LockedObject,
        known: tuple[Secret, ...],
        memory: Memory,
        offered: Iterable[Candidate],
    ) -> None:
        self.locked = locked
        self.known = known  # they open some of it already
        self._memory = memory
        self._offered = iter(offered)
        self._first: list[Candidate] = []
        self._met: set[Secret] = set(known)
        self.chunk = _FIRST_CHUNK
        self._last = (0, 0.0)

    def put_first(self, candidates: Iterable[Candidate]) -> None:
        """Try these next."""
        self._first += candidates

    def next_chunk(self, most: int) -> tuple[Candidate, ...]:
        """The next candidates that were not tried before, at most `most`."""
        return tuple(islice(self._new(), max(0, min(most, self.chunk))))

    def settle(self, chunk: tuple[Candidate, ...], outcome: Tried) -> None:
        """Remember what was tried, and how many to try at once from now on."""
        if not outcome.ended and len(chunk) > 1:
            self.chunk = max(1, len(chunk) // 4)
            self._met.difference_update(candidate.secret for candidate in chunk)
            self._first = [*chunk, *self._first]
            return
        self._memory.remember(candidate.secret for candidate in chunk)
        self._fit(len(chunk), outcome.seconds)

    def _fit(self, count: int, seconds: float) -> None:
        """More at once while that costs little more: an archive is unpacked anew for each chunk."""
        before, took = self._last
        grew = count > before
        if seconds < _CHUNK_S or (grew and seconds < max(took * 1.5, _CHUNK_S * 2)):
            self.chunk = min(_LARGEST_CHUNK, self.chunk * 4)
        elif grew and before > 0 and seconds > _CHUNK_S * 4:
            self.chunk = before
        self._last = (count, seconds)

    def _new(self) -> Iterator[Candidate]:
        while len(self._first) > 0:
            candidate = self._first.pop(0)
            if self._is_new(candidate):
                yield candidate
        for candidate in self._offered:
            if self._is_new(candidate):
                yield candidate

    def _is_new(self, candidate: Candidate) -> bool:
        if candidate.secret in self._met or self._memory.knows(candidate.secret):
            return False
        self._met.add(candidate.secret)
        return True


class _Round(msgspec.Struct, frozen=True):
    """All that is locked at one moment, until everything was tried or time is up."""

    case: Case
    journal: Journal
    plan: Plan
    trial: Trial
    progress: Progress

    def run(self, tried: dict[Digest, int]) -> list[Opened]:
        ledger = open_ledger(self.case)
        try:
            prepare_scratch(self.case)
            catch_up(ledger, self.journal)
            recorded = keys_on_record(ledger)
            hunts = [
                self._hunt(ledger, locked, recorded.get(locked.digest, ()))
                for locked in locked_objects(ledger)
            ]
            if len(hunts) == 0:
                return []
            return list(self._open(ledger, hunts, tried))
        finally:
            ledger.close()

    def _hunt(self, ledger: Ledger, locked: LockedObject, recorded: tuple[str, ...]) -> _Hunt:
        known = self.trial.ring.secrets(filter(self.trial.ring.has, recorded))
        memory = Memory(self.case.work, locked.digest, locked.reader, self.trial.memory_key)
        return _Hunt(locked, known, memory, self.trial.offer(ledger, locked))

    def _open(
        self, ledger: Ledger, hunts: list[_Hunt], tried: dict[Digest, int]
    ) -> Iterator[Opened]:
        by_digest = {hunt.locked.digest: hunt for hunt in hunts}
        seconds = self.plan.limits.time_s * 2 + 60
        modules = ("muniment.catalog.trying",)
        with Local(self.plan.workers, seconds, modules) as pool:
            while len(by_digest) > 0 and self.trial.bounds.has_time():
                for opened in self._pass(ledger, by_digest, pool, tried):
                    by_digest.pop(opened[0].digest, None)
                    known = [Candidate(each.key.secret, KNOWN, each.places) for each in opened]
                    for hunt in by_digest.values():
                        hunt.put_first(known)
                    yield from opened

    def _pass(
        self, ledger: Ledger, hunts: dict[Digest, _Hunt], pool: Local, tried: dict[Digest, int]
    ) -> Iterator[list[Opened]]:
        """One chunk of each object that has any left."""
        chunks: dict[Digest, tuple[Candidate, ...]] = {}
        for digest, hunt in list(hunts.items()):
            if not self.trial.bounds.has_time():
                return  # looking for candidates takes time too
            chunks[digest] = hunt.next_chunk(self.trial.bounds.most - tried.get(digest, 0))
            if len(chunks[digest]) == 0:
                del hunts[digest]
        tasks = (
            self._task(hunts[digest], chunk)
            for digest, chunk in chunks.items()
            if len(chunk) > 0 and self.trial.bounds.has_time()
        )
        for outcome in pool.run(try_keys, tasks):
            digest = outcome.task.read.digest
            if not isinstance(outcome, Done):
                if outcome.trouble is not None:
                    raise outcome.trouble  # ours, such as a full disk: no fault of the object
                del hunts[digest]  # it took its worker with it
                continue
            chunk, result = chunks[digest], outcome.result
            opened = self._record(ledger, outcome.task, chunk, result)
            if result.ended or self.trial.bounds.has_time():  # else they are to be tried again
                tried[digest] = tried.get(digest, 0) + len(chunk)
                hunts[digest].settle(chunk, result)
            self.progress("tried", sum(tried.values()), 0)
            if len(opened) > 0:
                yield opened

    def _task(self, hunt: _Hunt, chunk: tuple[Candidate, ...]) -> TryTask:
        read = ReadTask(
            digest=hunt.locked.digest,
            received=hunt.locked.received,
            vault=self.case.vault,
            work=self.case.work,
            limits=self.plan.limits,
            keys=(*hunt.known, *(candidate.secret for candidate in chunk)),
        )
        return TryTask(read, len(hunt.known), self.trial.bounds.until)

    def _record(
        self, ledger: Ledger, task: TryTask, chunk: tuple[Candidate, ...], result: Tried
    ) -> list[Opened]:
        """Keep and record the candidates that opened something; durable on return."""
        new = [chunk[position - task.known] for position in result.used if position >= task.known]
        if len(new) == 0:
            return []
        before = children_of(ledger, task.read.digest)
        outputs = tuple(child for child in result.children if child not in before)
        opened = [
            Opened(
                digest=task.read.digest,
                key=self.trial.ring.keep(candidate.secret),
                how=candidate.how,
                places=candidate.places,
                scheme=result.scheme,
                reader=result.reader,
                outputs=outputs,
            )
            for candidate in new
        ]
        drafts = [decryption_draft(each, self.plan.actor, self.plan.tool) for each in opened]
        self.journal.append(drafts)
        return opened
