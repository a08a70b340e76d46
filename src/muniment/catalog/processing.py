"""Reads everything that has not been read, as deep as containers go, and brings views up to date.

    pending objects ──step──▶ part files ──▶ ledger ──▶ index, tables
          ▲                        │
          └──── children ──────────┘

- Resumable: an object with a part file is not read again; every stage starts where it stopped.
- Order does not matter: one worker or many, killed or not, the projections are the same.
- One level of containers at a time, so that an object's depth is the least it can be.
"""

import heapq
import shutil
from collections import Counter
from collections.abc import Callable, Iterator

import msgspec

from muniment.catalog.committing import commitment_path, read_commitment
from muniment.catalog.custody import bring_custody_up_to_date, custody_is_behind
from muniment.catalog.decryptions import Keys, keys_on_record
from muniment.catalog.exchanged import listed_of, note_exchanged
from muniment.catalog.flat import remove_unknown, write_batch
from muniment.catalog.joining import join_volumes
from muniment.catalog.keyed import read_keyed
from muniment.catalog.ledger import Ledger, Pending
from muniment.catalog.ledger_tables import write_ledger_tables
from muniment.catalog.mail.stage import bring_mail_up_to_date
from muniment.catalog.ocr_ledger import mark_tasks, not_yet
from muniment.catalog.ocr_stage import RECORDED, Stage, letter_lines, read_letters, table_letters
from muniment.catalog.ocr_step import ocr_parts
from muniment.catalog.outline import keep_outline
from muniment.catalog.pictures.stage import bring_picture_facts_up_to_date
from muniment.catalog.searching.indexing import bring_index_up_to_date
from muniment.catalog.shortcomings import find_name_doubts
from muniment.catalog.stated_dates import bring_dates_up_to_date
from muniment.catalog.step import ReadTask, part_path, read_object, write_lost
from muniment.catalog.withholding import end_withdrawal, withhold
from muniment.core import (
    Area,
    Child,
    Digest,
    IntegrityError,
    Part,
    Problem,
    Reading,
    Secret,
    UsageError,
)
from muniment.engine import LOCAL, Done, Lost, Workers, start_workers
from muniment.readers import Limits, read_parts, read_reading
from muniment.vault import Case, CommitmentLists, Journal, KeyRing, Line

_VIEW_BATCH = 500  # objects a file of the tables
Progress = Callable[[str, int, int], None]


class Plan(msgspec.Struct, frozen=True):
    """How to process: worker processes and where, limits of one object, by whom, which keys."""

    workers: int
    limits: Limits
    actor: str
    tool: str
    engine: str = LOCAL
    ring: KeyRing | None = None
    ocr: str = RECORDED  # languages of the OCR stage, or a word for them: see `ocr_stage`


class Processed(msgspec.Struct, frozen=True):
    """What a run did: objects read now, and by which state they ended."""

    read: int
    by_state: dict[str, int]
    pages: int = 0  # read as pictures now


def open_ledger(case: Case, *, renew: bool = False) -> Ledger:
    """The case's ledger, made where there is none; `renew` as for `Ledger`."""
    return Ledger(case.work / "ledger.sqlite", renew=renew)


def catch_up(ledger: Ledger, journal: Journal) -> None:
    """Take the journal's newest events into the ledger."""
    known = ledger.events_taken_in()
    if known < journal.size:
        ledger.take_events(journal.events(known))
    bring_custody_up_to_date(ledger, journal)


def is_behind(ledger: Ledger, journal: Journal) -> bool:
    """Whether the journal holds events that the ledger has not taken in."""
    return ledger.events_taken_in() < journal.size or custody_is_behind(ledger, journal)


def process(case: Case, journal: Journal, plan: Plan, progress: Progress) -> Processed:
    """Read what is pending; afterwards ledger and index are up to date.

    The caller holds the case's lock.
    """
    ledger = open_ledger(case, renew=True)
    try:
        prepare_scratch(case)
        catch_up(ledger, journal)
        _heed_sources(case, ledger)
        outcomes: Counter[str] = Counter()
        with _pool(plan) as pool:
            level = _Level(case, ledger, plan, _keys(ledger, plan), progress)
            while len(waiting := _waiting(case, ledger, plan)) > 0:
                outcomes.update(level.read(waiting, pool))
        ledger.refuse_deeper(plan.limits.depth)
        find_name_doubts(ledger)
        bring_dates_up_to_date(ledger, lambda digest: _own_parts(case, digest), progress)
        bring_views_up_to_date(case, ledger, progress)
        _lay_out(case, ledger, progress)
        pages = _read_letters(case, ledger, journal, plan, progress)
        if pages > 0:
            _lay_out(case, ledger, progress)
        _gather(case, ledger, progress)
        _state(case, ledger, progress)
        _find_pairs(case, ledger, progress)
        _record_commitments(case, ledger, journal, plan)
        return Processed(sum(outcomes.values()), dict(sorted(outcomes.items())), pages)
    finally:
        ledger.close()


def withdraw_from_views(case: Case, journal: Journal, progress: Progress) -> None:
    """Take what a withdrawn report held out of every view, at once, and read nothing else.

    The caller holds the case's lock.
    """
    ledger = open_ledger(case)
    try:
        catch_up(ledger, journal)
        _heed_sources(case, ledger)
        # Whether or not that was new: a run before this may have been cut off behind it.
        bring_dates_up_to_date(ledger, lambda digest: _own_parts(case, digest), progress)
        bring_views_up_to_date(case, ledger, progress)
        _lay_out(case, ledger, progress)
        _gather(case, ledger, progress)
        _find_pairs(case, ledger, progress)
        _state(case, ledger, progress)
        end_withdrawal(case)
    finally:
        ledger.close()


def _heed_sources(case: Case, ledger: Ledger) -> None:
    """Read nothing of reports that are withheld, and take files of imports for what they are."""
    # They work with DuckDB, which would slow the start of every command.
    from muniment.catalog.exchange import imported_files, known_sources  # noqa: PLC0415
    from muniment.catalog.judging import reasons_to_withhold  # noqa: PLC0415

    sources = known_sources(ledger)
    withhold(case, ledger, reasons_to_withhold(sources))
    note_exchanged(ledger, imported_files(sources))


def _read_letters(
    case: Case, ledger: Ledger, journal: Journal, plan: Plan, progress: Progress
) -> int:
    """Run the OCR stage; how many pages it read."""
    keys = _keys(ledger, plan)
    stage = Stage(
        case=case,
        ledger=ledger,
        journal=journal,
        workers=plan.workers,
        engine=plan.engine,
        limits=plan.limits,
        actor=plan.actor,
        tool=plan.tool,
        wanted=plan.ocr,
        secrets_of=lambda digest: _secrets(plan, keys.get(digest, ())),
    )
    return read_letters(stage, progress, lambda: bring_views_up_to_date(case, ledger, progress))


def _waiting(case: Case, ledger: Ledger, plan: Plan) -> tuple[Pending, ...]:
    """What is to be read next; once all is read, what volumes give that were joined."""
    waiting = ledger.pending(plan.limits.depth)
    if len(waiting) == 0 and join_volumes(case, ledger, plan.limits) > 0:
        return ledger.pending(plan.limits.depth)
    return waiting


def _keys(ledger: Ledger, plan: Plan) -> Keys:
    """The keys on record that are at hand; without a lost one, its object is locked again."""
    recorded = keys_on_record(ledger)
    ring = plan.ring
    if ring is None:
        if len(recorded) > 0:
            raise UsageError(
                "files of this case were opened with passwords, and no key ring is at hand",
                next_step="open the case for writing, with its signing key",
            )
        return recorded
    return {each: tuple(filter(ring.has, names)) for each, names in recorded.items()}


def prepare_scratch(case: Case) -> None:
    """Empty the folder that readers write to; the folder for what they find is there."""
    shutil.rmtree(case.work / "scratch", ignore_errors=True)
    (case.work / "scratch").mkdir(parents=True)
    case.found.create()


class _Level(msgspec.Struct, frozen=True):
    """The objects that lie in equally many containers, and how they are read."""

    case: Case
    ledger: Ledger
    plan: Plan
    keys: Keys
    progress: Progress

    def read(self, waiting: tuple[Pending, ...], pool: Workers) -> Iterator[str]:
        """Read them; the states they ended in."""
        already = [each.digest for each in waiting if self._was_read(each.digest)]
        for digest in already:  # a run that was cut off had read them
            yield self._take(digest)
        done = frozenset(already)
        tasks = (self._task(each) for each in waiting if each.digest not in done)
        lost: list[ReadTask] = []
        for count, outcome in enumerate(pool.run(read_object, tasks), len(done) + 1):
            match outcome:
                case Done():
                    yield self._take(outcome.task.digest)
                case Lost():
                    lost.append(outcome.task)
            self.progress("read", count, len(waiting))
        yield from self._read_alone(lost)

    def _was_read(self, digest: Digest) -> bool:
        """Whether a whole part file is there; what a power cut damaged is read again."""
        path = part_path(self.case.work, digest)
        if not path.exists():
            return False
        try:
            reading = read_reading(str(path))
            if read_keyed(path, reading.parts_digest) != self.keys.get(digest, ()):
                return False
            commitment = commitment_path(self.case.work, digest)
            if commitment.exists():
                read_commitment(commitment)
        except IntegrityError:
            path.unlink()
            return False
        return True

    def _read_alone(self, tasks: list[ReadTask]) -> Iterator[str]:
        """Read once more, one at a time, what took its worker with it: perhaps a bystander."""
        if len(tasks) == 0:
            return
        with _pool(self.plan, workers=1) as pool:
            for outcome in pool.run(read_object, tasks):
                if isinstance(outcome, Lost):
                    if outcome.trouble is not None:
                        raise outcome.trouble  # ours, such as a full disk: no fault of the object
                    _write_off(self.case, outcome)
                yield self._take(outcome.task.digest)

    def _task(self, pending: Pending) -> ReadTask:
        names = self.keys.get(pending.digest, ())
        return ReadTask(
            digest=pending.digest,
            received=pending.received,
            vault=self.case.vault,
            work=self.case.work,
            limits=self.plan.limits,
            key_ids=names,
            keys=_secrets(self.plan, names),
        )

    def _take(self, digest: Digest) -> str:
        path = str(part_path(self.case.work, digest))
        reading = read_reading(path)
        counts = dict(reading.parts)
        if counts.get("child", 0) == 0 and counts.get("problem", 0) == 0:
            self.ledger.take_reading(reading, (), ())
        else:
            children = (part for part in read_parts(path) if isinstance(part, Child))
            problems = (part for part in read_parts(path) if isinstance(part, Problem))
            self.ledger.take_reading(reading, children, problems)
        return reading.state.value


def _secrets(plan: Plan, names: tuple[str, ...]) -> tuple[Secret, ...]:
    """The secrets of these ids; `_keys` has seen to it that there is a ring where there are any."""
    return () if plan.ring is None else plan.ring.secrets(names)


def _pool(plan: Plan, workers: int | None = None) -> Workers:
    # The confined child has its own, shorter time limit: this one is for the worker around it.
    seconds = plan.limits.time_s * 2 + 60
    return start_workers(plan.engine, workers or plan.workers, seconds, ("muniment.catalog.step",))


def _write_off(case: Case, lost: Lost[ReadTask]) -> None:
    """Leave the part file of an object whose worker died twice: unreadable, with a Problem."""
    store = case.received if lost.task.received else case.found
    write_lost(lost.task, store.path(lost.task.digest).stat().st_size, lost.why)


def bring_views_up_to_date(case: Case, ledger: Ledger, progress: Progress) -> None:
    """Put every object that has been read into the index and the tables, where it is not yet."""
    tables = case.work / "tables"
    index_case(case, ledger, progress)
    remove_unknown(tables, ledger.batches())
    for count, total, batch in _batches(ledger.not_yet("tabled")):
        listed = ((each, listed_of(ledger, each, _own_parts(case, each))) for each in batch)
        name = write_batch(tables, listed)
        ledger.mark("tabled", batch, name)
        for digest in batch:
            keep_outline(case, digest)
        progress("tables", count, total)
    table_letters(case, ledger)
    write_ledger_tables(tables, ledger)


def _lay_out(case: Case, ledger: Ledger, progress: Progress) -> None:
    """Lay the tables of what was read out, so that a page of them is there at once."""
    # It works with numpy, which would slow the start of every command.
    from muniment.catalog.sheets.stage import Parts, lay_out_tables  # noqa: PLC0415

    parts = Parts(case.work / "sheets", case.work / "scratch", lambda each: parts_of(case, each))
    if lay_out_tables(ledger, parts, progress):
        write_ledger_tables(case.work / "tables", ledger)


def _gather(case: Case, ledger: Ledger, progress: Progress) -> None:
    """Gather what messages and pictures state of themselves, for the pages that list them."""
    for bring_up_to_date in (bring_mail_up_to_date, bring_picture_facts_up_to_date):
        bring_up_to_date(ledger, lambda digest: parts_of(case, digest), progress)


def _state(case: Case, ledger: Ledger, progress: Progress) -> None:
    """Make statements of tables that people confirmed a mapping for, and of what others told."""
    # It works with numpy, which would slow the start of every command.
    from muniment.catalog.exchange import (  # noqa: PLC0415
        bring_sources_up_to_date,
        known_sources,
    )
    from muniment.catalog.facts import bring_facts_up_to_date  # noqa: PLC0415
    from muniment.catalog.judging import bring_judgements_up_to_date  # noqa: PLC0415

    bring_facts_up_to_date(case, ledger, progress)
    sources = known_sources(ledger)
    bring_sources_up_to_date(case, sources, lambda digest: parts_of(case, digest))
    bring_judgements_up_to_date(case, ledger)


def _find_pairs(case: Case, ledger: Ledger, progress: Progress) -> None:
    """Find what says nearly the same, once all that there is to read has been read."""
    # It works with numpy, which would slow the start of every command.
    from muniment.catalog.sketching import bring_pairs_up_to_date  # noqa: PLC0415

    if bring_pairs_up_to_date(ledger, lambda digest: parts_of(case, digest), progress):
        write_ledger_tables(case.work / "tables", ledger)


def _record_commitments(case: Case, ledger: Ledger, journal: Journal, plan: Plan) -> None:
    """Write down what was committed to since the last time, in one list and one event."""
    waiting, letters = list(ledger.not_yet("committed")), not_yet(ledger, "committed")
    if len(waiting) + len(letters) == 0:
        return
    case.received.settle()  # the keys: a list must not outlive them
    lists = CommitmentLists(case.vault / "commitments")
    lines = heapq.merge(
        _lines(case, waiting), letter_lines(case, letters), key=lambda line: line.sha256.hex
    )
    written = lists.add(lines, ledger.commitment_lists())
    if written is not None:
        journal.append([written.draft(plan.actor, plan.tool)])
        catch_up(ledger, journal)
    ledger.mark("committed", waiting)
    mark_tasks(ledger, "committed", letters)


def _lines(case: Case, digests: list[Digest]) -> Iterator[Line]:
    for digest in digests:
        path = commitment_path(case.work, digest)
        if path.exists():  # there is none for what took its worker with it: no value came out
            parts_digest = read_reading(str(part_path(case.work, digest))).parts_digest
            commitment = read_commitment(path)
            yield Line(digest, parts_digest, commitment.records, commitment.root)


def _batches(waiting: Iterator[Digest]) -> Iterator[tuple[int, int, list[Digest]]]:
    """Batches of objects, with how many will be done after each and in all."""
    digests = list(waiting)
    for start in range(0, len(digests), _VIEW_BATCH):
        batch = digests[start : start + _VIEW_BATCH]
        yield start + len(batch), len(digests), batch


def index_case(case: Case, ledger: Ledger, progress: Progress) -> int:
    """Put what is not in the index yet into it; how many objects. The caller holds the lock."""
    return bring_index_up_to_date(case, ledger, lambda each: parts_of(case, each), progress)


def parts_of(case: Case, digest: Digest) -> Iterator[Part]:
    """What was read of an object, in order; nothing where it has not been read.

    What was read off a page's picture comes after what else was read of that page.
    """
    letters = ocr_parts(case.work, digest)
    first, following = next(letters, (None, iter(())))
    for part in _own_parts(case, digest):
        while first is not None and _begins_after(part, first):
            yield from following
            first, following = next(letters, (None, iter(())))
        yield part
    if first is not None:
        yield from following
    for _, following in letters:
        yield from following


def _begins_after(part: Part, page: int) -> bool:
    """Whether a part stands on a page after `page`; a picture's one page is numbered 0."""
    return isinstance(part.at, Area) and part.at.page is not None and part.at.page > page > 0


def _own_parts(case: Case, digest: Digest) -> Iterator[Part]:
    """What the object's own reader found."""
    path = part_path(case.work, digest)
    return read_parts(str(path)) if path.exists() else iter(())


def reading_of(case: Case, digest: Digest) -> Reading | None:
    """The closing record of an object's parts; None where it has not been read."""
    path = part_path(case.work, digest)
    return read_reading(str(path)) if path.exists() else None
