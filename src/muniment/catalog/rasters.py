"""Pictures of pages for the reading room and the command line: from the cache, or drawn now.

- Two are drawn at once, each in a confined process; some more may wait, the rest are told that all
  hands are full. Whoever asks for what is being drawn already waits for that.
- A page is drawn at the width of a page and of a thumbnail together: the second costs nothing.
- What cannot be shown has a reason, which is kept; that a password is missing, or that there was no
  room, is not, since both pass.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Self

import msgspec
from sqlalchemy import select

from muniment.catalog.ledger import Ledger
from muniment.catalog.raster_cache import RasterCache
from muniment.catalog.raster_step import Drawn, RasterTask, Unchanged, draw
from muniment.catalog.tables import OBJECTS
from muniment.core import Area, Digest, Secret, State, UsageError, print_place
from muniment.engine import Done, Local, Lost, NoWorkersError
from muniment.readers import Limits
from muniment.readers.page_raster import RASTER_TYPES, RASTER_VERSION, Box, Drawing
from muniment.vault import Case

PAGE, THUMBNAIL = 1_400, 240  # pixels across
WIDTHS = (THUMBNAIL, 480, 700, PAGE, 2_400)
_AT_ONCE, _WAITING = 2, 16
_TIME_S, _MEMORY = 20.0, 2 << 30
_PASSES = ("locked", "busy")
_FAR = 1e9

_Key = tuple[str, str]


class RasterWanted(msgspec.Struct, frozen=True):
    """What to show: a page (None: of a picture without pages), or a box of it and around it.

    `box` is in the units of the page's places. It is framed in what stands around it, or `bare`.
    `turn` is an EXIF orientation.
    """

    digest: Digest
    page: int | None = None
    width: int = PAGE
    box: Box | None = None
    turn: int = 1
    form: str = "webp"
    bare: bool = False


class Shown(msgspec.Struct, frozen=True):
    """A picture, ready to be sent."""

    data: bytes
    media_type: str


class NotShown(msgspec.Struct, frozen=True):
    """Why there is none: `code` is `locked`, `busy`, `no-picture`, `no-workers` or `failed`."""

    code: str
    reason: str


class Rasters:
    """Draws and keeps pictures of pages for one case; its workers start when first needed."""

    def __init__(
        self,
        case: Case,
        ledger: Ledger,
        secrets_of: Callable[[Digest], tuple[Secret, ...]] = lambda _: (),
    ) -> None:
        """`secrets_of` gives the passwords that open an object."""
        self._case, self._ledger, self._secrets_of = case, ledger, secrets_of
        self._cache = RasterCache(case.work / "cache" / "rasters")
        self._lock = threading.Lock()
        self._pool: Local | None = None
        self._places = threading.BoundedSemaphore(_AT_ONCE + _WAITING)
        self._under_way: dict[_Key, Future[Shown | NotShown]] = {}
        self._known: dict[Digest, Unchanged] = {}
        self._warming: threading.Thread | None = None

    def __enter__(self) -> Self:
        """The pictures themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers."""
        self.close()

    def close(self) -> None:
        """End the workers, also those that are only just starting."""
        if self._warming is not None:
            self._warming.join(_TIME_S)
        with self._lock:
            if self._pool is not None:
                self._pool.__exit__()
                self._pool = None
        self._cache.close()

    def warm_up(self, told: Callable[[NoWorkersError], None]) -> None:
        """Start the workers now: the first picture need not wait. `told` says why they do not."""

        def start() -> None:
            try:
                self._workers().one(bool, 0)
            except NoWorkersError as why:
                told(why)

        self._warming = threading.Thread(target=start, daemon=True)
        self._warming.start()

    def picture(self, wanted: RasterWanted) -> Shown | NotShown:
        """The picture, or why there is none.

        Raises:
            UsageError: the case has no such object.
            IntegrityError: its bytes have changed since they were stored.
        """
        exact = msgspec.structs.replace(wanted, width=_standard(wanted.width))
        name = _name(exact)
        found = self._kept(exact, name)
        if found is not None:
            return found
        key = (exact.digest.hex, f"{exact.page}-{exact.turn}" if exact.box is None else name)
        with self._lock:
            waiting = self._under_way.get(key)
            mine: Future[Shown | NotShown] = Future()
            if waiting is None:
                self._under_way[key] = mine
        if waiting is not None:
            waiting.exception()  # only waited for: it may have been drawn at another width
            return self._kept(exact, name) or waiting.result()
        return self._made(exact, name, key, mine)

    def _made(
        self, wanted: RasterWanted, name: str, key: _Key, mine: "Future[Shown | NotShown]"
    ) -> Shown | NotShown:
        try:
            made = self._kept(wanted, name) or self._drawn(wanted, name)
            mine.set_result(made)
        except BaseException as why:
            mine.set_exception(why)
            raise
        finally:
            with self._lock:
                del self._under_way[key]
        return made

    def _kept(self, wanted: RasterWanted, name: str) -> Shown | NotShown | None:
        data = self._cache.get(wanted.digest, name)
        if data is not None:
            return Shown(data, f"image/{wanted.form}")
        reason = self._cache.failure(wanted.digest, name)
        return None if reason is None else NotShown("failed", reason)

    def _drawn(self, wanted: RasterWanted, name: str) -> Shown | NotShown:
        if not self._places.acquire(blocking=False):
            return NotShown("busy", "many pages are being drawn at the moment; look again")
        try:
            task = self._task(wanted)
            if isinstance(task, NotShown):
                return task
            outcome = self._workers().one(draw, task)
        except NoWorkersError as why:
            return NotShown("no-workers", f"{why.message}; {why.next_step}")
        finally:
            self._places.release()
        if isinstance(outcome, Lost):
            if outcome.trouble is not None:
                raise outcome.trouble  # ours, such as a full disk or changed bytes
            return self._failed(wanted, name, State.UNREADABLE, "drawing it took too long")
        return self._keep(wanted, name, task, outcome)

    def _keep(
        self, wanted: RasterWanted, name: str, task: RasterTask, outcome: Done[RasterTask, Drawn]
    ) -> Shown | NotShown:
        drawn = outcome.result
        if drawn.known is not None:
            self._known[wanted.digest] = drawn.known
        if len(drawn.files) < len(task.drawing.widths):
            return self._failed(wanted, name, drawn.state, drawn.reason)
        shown = NotShown("failed", "it was not drawn at that width")
        for width, file in zip(task.drawing.widths, drawn.files, strict=True):
            at_width = _name(msgspec.structs.replace(wanted, width=width))
            self._cache.put(wanted.digest, at_width, file.data)
            if width == wanted.width:
                shown = Shown(file.data, f"image/{wanted.form}")  # type: ignore[assignment]
        return shown

    def _failed(self, wanted: RasterWanted, name: str, state: State, reason: str) -> NotShown:
        code = "locked" if state is State.LOCKED else "failed"
        if code not in _PASSES:
            self._cache.put_failure(wanted.digest, name, reason)
        return NotShown(code, reason)

    def _task(self, wanted: RasterWanted) -> RasterTask | NotShown:
        chosen = select(OBJECTS.c.type, OBJECTS.c.received).where(
            OBJECTS.c.digest == wanted.digest.hex
        )
        with self._ledger.engine.connect() as connection:
            row = connection.execute(chosen).one_or_none()
        if row is None:
            raise UsageError(
                f"the case has no object {wanted.digest.hex}",
                next_step="`muniment items CASE` lists every object",
            )
        if row.type not in RASTER_TYPES:
            return NotShown("no-picture", f"a file of type {row.type} is shown as text")
        received = bool(row.received)
        return RasterTask(
            digest=wanted.digest,
            received=received,
            store=self._case.vault if received else self._case.work,
            scratch=self._cache.scratch(),
            limits=Limits(time_s=_TIME_S, memory_bytes=_MEMORY),
            media_type=row.type,
            drawing=_drawing(wanted),
            form=wanted.form,
            known=self._known.get(wanted.digest),
            keys=self._secrets_of(wanted.digest),
        )

    def _workers(self) -> Local:
        with self._lock:
            if self._pool is None:
                self._pool = Local(_AT_ONCE, _TIME_S * 2, ("muniment.catalog.raster_step",))
            return self._pool


def _drawing(wanted: RasterWanted) -> Drawing:
    if wanted.box is not None and wanted.bare:
        return Drawing(wanted.page, (wanted.width,), wanted.box, None, wanted.turn)
    if wanted.box is not None:
        around = box_around(wanted.box)
        return Drawing(wanted.page, (wanted.width,), around, wanted.box, wanted.turn)
    both = sorted({wanted.width, THUMBNAIL, max(PAGE, wanted.width)})
    return Drawing(wanted.page, tuple(reversed(both)), turn=wanted.turn)


def box_around(box: Box) -> Box:
    """The box with some of what stands around it, so that one sees what a value belongs to."""
    left, top, width, height = box
    down = max(height * 1.5, width / 12, 6.0)
    across = max(height * 4.0, width / 8, 12.0)
    first = max(0.0, left - across), max(0.0, top - down)
    return (*first, min(left + width + across - first[0], _FAR), top + height + down - first[1])


def _standard(width: int) -> int:
    """The next of the widths that are drawn: so the cache does not hold a page at every width."""
    return next((each for each in WIDTHS if each >= width), WIDTHS[-1])


def _name(wanted: RasterWanted) -> str:
    """The file of a picture in the cache; a new version of drawing is another file."""
    box = "" if wanted.box is None else "-" + print_place(Area(box=wanted.box))
    box += "-bare" if wanted.bare else ""
    turned = "" if wanted.turn == 1 else f"-t{wanted.turn}"
    page = 0 if wanted.page is None else wanted.page
    return f"v{RASTER_VERSION}-p{page}-w{wanted.width}{box}{turned}.{wanted.form}"
