"""The OCR stage: pages and pictures without text are read as pictures, after everything else.

    read objects ──look over──▶ tasks of a few pages ──step──▶ part files ──▶ ledger ──▶ views

- Resumable: a task with a whole part file is not run again; a kill costs the tasks under way.
- Languages and engines are a decision in the journal: without a word from the person the recorded
  one holds, and where there is none, every language at hand is recorded and used.
- Which pages are in which task depends on the object alone, so one worker or many, killed or not,
  the parts are the same.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import msgspec

from muniment.catalog.committing import read_commitment
from muniment.catalog.flat import write_batch
from muniment.catalog.ledger import Ledger
from muniment.catalog.ocr_ledger import (
    OCR_BATCH,
    Candidate,
    Waiting,
    candidates,
    mark_tasks,
    not_yet,
    plan_object,
    recorded_settings,
    split_task,
    take_task,
    waiting,
)
from muniment.catalog.ocr_step import (
    OcrTask,
    ocr_folder,
    ocr_part_path,
    read_letters_of,
    write_lost_letters,
)
from muniment.catalog.step import part_path
from muniment.core import (
    Area,
    Digest,
    Image,
    IntegrityError,
    Problem,
    Secret,
    canonical_json,
    digest_of,
)
from muniment.engine import Done, Lost, Workers, start_workers
from muniment.readers import Limits, read_parts, read_reading
from muniment.readers.ocr import (
    PAGED,
    PDF,
    OcrSettings,
    available_settings,
    ocr_limits,
    settings_of,
)
from muniment.vault import Case, EventDraft, Journal, Line

OFF, RECORDED, DEFAULT = "off", "recorded", ""
_PAGES = 4  # a task: what a kill costs at most, and what loading the models is worth
_LEAST_SIDE = 100  # pixels; what is smaller is an icon
_BETWEEN_VIEWS = 200  # tasks after which index and tables are brought up to date
_BROKEN = ("timeout", "reader-crashed", "memory-limit", "output-limit", "border-violation")
_EVENT = "policy assignment"  # PREMIS 3 event type
Progress = Callable[[str, int, int], None]
Item = TypeVar("Item")


class Stage(msgspec.Struct, frozen=True):
    """A case whose pictures are read, by how many workers, and who decides it."""

    case: Case
    ledger: Ledger
    journal: Journal
    workers: int
    engine: str  # where tasks run
    limits: Limits
    actor: str
    tool: str
    wanted: str  # languages joined by `+`, `auto`, or one of the three words above
    secrets_of: Callable[[Digest], tuple[Secret, ...]]  # what opens an object


def read_letters(stage: Stage, progress: Progress, views: Callable[[], None]) -> int:
    """Read what is to be read as pictures; how many pages were read now.

    `views` brings the index and the tables up to date; it is called again and again.
    """
    settings = _settings(stage)
    if settings is None:
        return 0
    for seen in list(candidates(stage.ledger, settings.name)):
        # First the files: the ledger must never say of old ones that they are in force.
        shutil.rmtree(ocr_folder(stage.case.work, seen.digest), ignore_errors=True)
        plan_object(stage.ledger, seen, settings.name, list(_tasks(stage.case, seen)))
    if len(waiting(stage.ledger)) == 0:
        return 0
    _record(stage, settings)
    pages, total = 0, sum(max(1, len(each.pages)) for each in waiting(stage.ledger))
    with _pool(stage) as pool:
        while len(tasks := waiting(stage.ledger)) > 0:
            for some in _groups(tasks, _BETWEEN_VIEWS):
                for done in _run(stage, settings, some, pool):
                    pages += done
                    progress("pages read as pictures", pages, max(total, pages))
                views()
    return pages


def _settings(stage: Stage) -> OcrSettings | None:
    if stage.wanted == OFF:
        return None
    recorded = recorded_settings(stage.ledger)
    if stage.wanted == RECORDED:
        return recorded
    if stage.wanted == DEFAULT:
        return recorded or available_settings()
    return settings_of(stage.wanted)


def _record(stage: Stage, settings: OcrSettings) -> None:
    """Write the settings into the journal where they are not those in force."""
    if recorded_settings(stage.ledger) == settings:
        return
    detail = {"ocr": {"engines": ",".join(settings.engines), "languages": settings.name}}
    draft = EventDraft(event=_EVENT, actor=stage.actor, tool=stage.tool, detail=detail)
    stage.journal.append([draft])
    stage.ledger.take_events(stage.journal.events(stage.ledger.events_taken_in()))


def _tasks(case: Case, seen: Candidate) -> Iterator[tuple[int, ...]]:
    """The pages of each task of an object; one task without pages for a plain picture."""
    if seen.media_type == PDF:
        yield from _groups(seen.pages, _PAGES)
        return
    images = (
        part for part in read_parts(str(part_path(case.work, seen.digest))) if _is_picture(part)
    )
    pages = [part.at.page if isinstance(part.at, Area) else None for part in images]
    numbered = [page for page in pages if page is not None]
    if None in pages:
        yield ()
    elif seen.media_type in PAGED:
        yield from _groups(numbered, _PAGES)
    else:
        yield from _groups(numbered[:1], 1)


def _is_picture(part: object) -> bool:
    return isinstance(part, Image) and min(part.width, part.height) >= _LEAST_SIDE


def _pool(stage: Stage, workers: int | None = None) -> Workers:
    seconds = ocr_limits(stage.limits, _PAGES).time_s * 2 + 60
    preload = ("muniment.catalog.ocr_step",)
    return start_workers(stage.engine, workers or stage.workers, seconds, preload)


def _run(
    stage: Stage, settings: OcrSettings, tasks: Sequence[Waiting], pool: Workers
) -> Iterator[int]:
    """Run these tasks; how many pages came of each."""
    by_task = {_key(each): each for each in tasks if not _was_read(stage, each)}
    for each in tasks:
        if _key(each) not in by_task:  # a run that was cut off had read it
            yield _take(stage, each)
    lost: list[OcrTask] = []
    jobs = (_job(stage, settings, each) for each in by_task.values())
    for outcome in pool.run(read_letters_of, jobs):
        match outcome:
            case Done():
                yield _take(stage, by_task[outcome.task.digest.hex, outcome.task.first])
            case Lost():
                lost.append(outcome.task)
    yield from _run_alone(stage, lost, by_task)


def _run_alone(
    stage: Stage, jobs: Sequence[OcrTask], by_task: dict[tuple[str, int], Waiting]
) -> Iterator[int]:
    """Run once more, one at a time, what took its worker with it: perhaps a bystander."""
    if len(jobs) == 0:
        return
    with _pool(stage, workers=1) as pool:
        for outcome in pool.run(read_letters_of, jobs):
            task = by_task[outcome.task.digest.hex, outcome.task.first]
            if isinstance(outcome, Done):
                yield _take(stage, task)
            elif outcome.trouble is not None:
                raise outcome.trouble  # ours, such as a full disk: no fault of the object
            else:
                yield _write_off(stage, task, outcome.why)


def _key(task: Waiting) -> tuple[str, int]:
    return task.digest.hex, task.first


def _job(stage: Stage, settings: OcrSettings, task: Waiting) -> OcrTask:
    return OcrTask(
        digest=task.digest,
        received=task.received,
        vault=stage.case.vault,
        work=stage.case.work,
        limits=stage.limits,
        media_type=task.media_type,
        first=task.first,
        pages=task.pages,
        settings=settings,
        keys=stage.secrets_of(task.digest),
    )


def _was_read(stage: Stage, task: Waiting) -> bool:
    """Whether a whole part file is there; what a power cut damaged is read again."""
    path = ocr_part_path(stage.case.work, task.digest, task.first)
    if not path.exists():
        return False
    try:
        read_reading(str(path))
        read_commitment(path.with_suffix(".commitment"))
    except (IntegrityError, FileNotFoundError):
        path.unlink()
        return False
    return True


def _take(stage: Stage, task: Waiting) -> int:
    """Take in a task's part file; what its limits cut off is planned again page by page."""
    path = ocr_part_path(stage.case.work, task.digest, task.first)
    parts = list(read_parts(str(path)))
    broken = any(isinstance(part, Problem) and part.code in _BROKEN for part in parts)
    if broken and len(task.pages) > 1:
        path.unlink()
        split_task(stage.ledger, task)
        return 0
    return take_task(stage.ledger, task, read_reading(str(path)), parts)


def _write_off(stage: Stage, task: Waiting, why: str) -> int:
    """Give up a page whose worker died twice; of several, the others are read alone."""
    if len(task.pages) > 1:
        split_task(stage.ledger, task)
        return 0
    store = stage.case.received if task.received else stage.case.found
    write_lost_letters(stage.case.work, task.digest, task.first, store.path(task.digest), why)
    return _take(stage, task)


def _groups(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """The items in groups of `size`, the last perhaps smaller."""
    waiting_items = iter(items)
    while len(group := tuple(islice(waiting_items, size))) > 0:
        yield group


def table_letters(case: Case, ledger: Ledger) -> None:
    """Put the parts of tasks that are in no table yet into one."""
    for some in _groups(not_yet(ledger, "tabled"), _BETWEEN_VIEWS):
        paths = [str(ocr_part_path(case.work, each.digest, each.first)) for each in some]
        named = [read_reading(path).parts_digest.hex for path in paths]
        keys = [f"{each.digest.hex} {each.first}" for each in some]
        name = OCR_BATCH + digest_of(canonical_json([keys, named])).hex[:32]
        digests = [each.digest for each in some]
        batch = zip(digests, map(read_parts, paths), strict=True)
        write_batch(case.work / "tables", batch, name)
        mark_tasks(ledger, "tabled", some, name)


def letter_lines(case: Case, tasks: Sequence[Waiting]) -> Iterator[Line]:
    """What was committed to for these tasks."""
    for task in tasks:
        path = ocr_part_path(case.work, task.digest, task.first)
        commitment = read_commitment(path.with_suffix(".commitment"))
        reading = read_reading(str(path))
        yield Line(task.digest, reading.parts_digest, commitment.records, commitment.root)
