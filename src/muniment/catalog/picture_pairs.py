"""Finds pictures that are nearly the same: saved again, made smaller, brighter; not cropped.

    picture ──confined──▶ 24 × 24 grey values ──▶ correlation ≥ 0.97 ──▶ residual ≤ 15 ──▶ pair

- A lead and never a verdict, and never about a person: portraits taken before one wall are much
  alike, and perceptual hashes merge them. So two pictures are a pair only where no place differs:
  after the brightness is fitted, the 99th percentile of what is left is at most 15 of 255 levels.
- Calibrated on 120 drawn portraits before one wall: of 7,140 pairs of different people the least
  residual is 18; the same picture saved again at quality 40 leaves at most 3, at half size 12,
  brighter by 15 % 7. A crop of 5 % is not found.
- Asked for apart from processing: each picture is decoded once more.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog.ledger import Ledger
from muniment.catalog.ledger_tables import write_ledger_tables
from muniment.catalog.near_duplicates import NEAR_PICTURE, Pair
from muniment.catalog.step import ReadTask, object_path
from muniment.catalog.tables import GREYS, NEAR_DUPLICATES, OBJECTS
from muniment.core import Metadata, parse_digest
from muniment.engine import Done, Workers
from muniment.readers import Desk, Limits, Request, read_isolated, read_parts
from muniment.readers.picture_sketch import GREY, PICTURE_SKETCH, PICTURES, SIDE
from muniment.vault import Case

LEAST_CORRELATION = 0.97
MOST_RESIDUAL = 15.0
_CELLS = SIDE * SIDE
_FLAT = 4.0  # a standard deviation below it is an empty page, alike to every other one
_BLOCK = 2_048

Greys = NDArray[np.float32]


def sketch_picture(task: ReadTask) -> bytes:
    """The grey values of one picture, empty where it cannot be decoded; in a worker process.

    Raises:
        OSError: the case's folders cannot be read or written.
    """
    scratch = tempfile.mkdtemp(prefix="grey-", dir=task.work / "scratch")
    try:
        children = os.path.join(scratch, "children")
        os.mkdir(children)
        parts = os.path.join(scratch, "parts")
        request = Request(object_path(task), task.digest)
        read_isolated(request, Desk((PICTURE_SKETCH,), task.limits, children), parts)
        for part in read_parts(parts):
            if isinstance(part, Metadata) and part.name == GREY:
                found = bytes.fromhex(part.written)
                return found if len(found) == _CELLS else b""
    except ValueError:
        return b""  # no hex digits: a decoder that was taken over may say anything
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return b""


def bring_pictures_up_to_date(case: Case, ledger: Ledger, limits: Limits, pool: Workers) -> int:
    """Sketch the pictures that have none and find all pairs anew; how many were sketched."""
    tasks = list(_unsketched(case, ledger, limits))
    for outcome in pool.run(sketch_picture, tasks):
        if not isinstance(outcome, Done) and outcome.trouble is not None:
            raise outcome.trouble  # ours, such as a full disk
        grey = outcome.result if isinstance(outcome, Done) else b""
        with ledger.engine.begin() as connection:
            row = {"digest": outcome.task.digest.hex, "grey": grey}
            connection.execute(insert(GREYS).values(row).prefix_with("OR REPLACE"))
    if len(tasks) > 0:
        found = [msgspec.structs.asdict(pair) for pair in _pairs(ledger)]
        with ledger.engine.begin() as connection:
            old = NEAR_DUPLICATES.c.kind == NEAR_PICTURE
            connection.execute(NEAR_DUPLICATES.delete().where(old))
            if len(found) > 0:
                connection.execute(insert(NEAR_DUPLICATES), found)
        write_ledger_tables(case.work / "tables", ledger)
    return len(tasks)


def _unsketched(case: Case, ledger: Ledger, limits: Limits) -> Iterator[ReadTask]:
    joined = OBJECTS.outerjoin(GREYS, GREYS.c.digest == OBJECTS.c.digest)
    chosen = select(OBJECTS.c.digest, OBJECTS.c.received).select_from(joined)
    missing = chosen.where(OBJECTS.c.type.in_(PICTURES), GREYS.c.digest.is_(None))
    with ledger.engine.connect() as connection:
        for row in connection.execute(missing.order_by(OBJECTS.c.digest)).fetchall():
            digest = parse_digest(row.digest)
            yield ReadTask(digest, bool(row.received), case.vault, case.work, limits)


def _pairs(ledger: Ledger) -> Iterator[Pair]:
    with ledger.engine.connect() as connection:
        chosen = select(GREYS).where(GREYS.c.grey != b"").order_by("digest")
        rows = connection.execute(chosen).fetchall()
    greys = np.frombuffer(b"".join(row.grey for row in rows), np.uint8).reshape(-1, _CELLS)
    for one, other, alike in alike_pictures(greys.astype(np.float32)):
        yield Pair(rows[one].digest, rows[other].digest, NEAR_PICTURE, alike)


def alike_pictures(greys: Greys) -> Iterator[tuple[int, int, float]]:
    """Positions of pairs, the smaller first, and their correlation rounded to four places."""
    means, spread = greys.mean(axis=1, keepdims=True), greys.std(axis=1, keepdims=True)
    kept = np.flatnonzero(spread[:, 0] >= _FLAT)
    unit = (greys[kept] - means[kept]) / (spread[kept] * np.sqrt(np.float32(_CELLS)))
    for start in range(0, len(kept), _BLOCK):
        alike = unit[start : start + _BLOCK] @ unit[start:].T
        for row, column in np.argwhere(alike >= LEAST_CORRELATION):
            if row < column:
                one, other = int(kept[start + row]), int(kept[start + column])
                if residual(greys[one], greys[other]) <= MOST_RESIDUAL:
                    yield one, other, round(min(float(alike[row, column]), 1.0), 4)


def residual(one: Greys, other: Greys) -> float:
    """What is left of their difference once brightness and contrast are fitted, in levels.

    The larger of fitting one to the other and the reverse, at the 99th percentile of the places.
    """
    return max(_left(one, other), _left(other, one))


def _left(one: Greys, other: Greys) -> float:
    slope, offset = np.polyfit(one, other, 1)
    return float(np.quantile(np.abs(one * slope + offset - other), 0.99))
