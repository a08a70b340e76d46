"""Finds texts that are nearly the same: a draft, a copy with a line changed, another format.

    parts ──▶ text ──▶ sketch (ledger table `sketches`) ──bands──▶ pairs (`near_duplicates`)

- From 0.75 on a pair is kept. Calibrated on the simulated leak: mails and orders of one form with
  other contents share at most 0.69, planted near-copies 0.90 and more, two dates of a list 0.75.
- Where very many texts meet in a band, each is compared with the first of them only: one form that
  was filled in ten thousand times gives ten thousand pairs, not fifty million.
- The same pairs come out, whichever way the case was read.
- Imported when there is something to sketch: numpy would slow every start.
"""

from collections.abc import Callable, Iterable, Iterator

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog.fulltext import full_text
from muniment.catalog.ledger import Ledger
from muniment.catalog.near_duplicates import NEAR_TEXT, SAME_TEXT, Pair
from muniment.catalog.tables import NEAR_DUPLICATES, OBJECTS, SKETCHES
from muniment.core import Digest, Part, digest_of, parse_digest
from muniment.text.sketch import LONGEST, MINIMA, bands, letters_of, share, sketch

LEAST = 0.75
_CROWD = 64  # texts of one band that are compared with each other
_BATCH = 500

Parts = Callable[[Digest], Iterable[Part]]
Progress = Callable[[str, int, int], None]


def bring_pairs_up_to_date(ledger: Ledger, parts: Parts, progress: Progress) -> bool:
    """Sketch what was read since the last time; where that is something, find all pairs anew.

    Returns whether there was something.
    """
    waiting = list(_unsketched(ledger))
    for start in range(0, len(waiting), _BATCH):
        batch = waiting[start : start + _BATCH]
        rows = [_row(digest, media_type, read, parts) for digest, media_type, read in batch]
        with ledger.engine.begin() as connection:
            connection.execute(insert(SKETCHES).prefix_with("OR REPLACE"), rows)
        progress("sketched", start + len(batch), len(waiting))
    if len(waiting) == 0:
        return False
    found = [msgspec.structs.asdict(pair) for pair in _pairs(ledger)]
    with ledger.engine.begin() as connection:
        old = NEAR_DUPLICATES.c.kind.in_((SAME_TEXT, NEAR_TEXT))
        connection.execute(NEAR_DUPLICATES.delete().where(old))
        if len(found) > 0:
            connection.execute(insert(NEAR_DUPLICATES), found)
    return True


def _unsketched(ledger: Ledger) -> Iterator[tuple[Digest, str, str]]:
    """What was read, and has no sketch of that reading."""
    joined = OBJECTS.outerjoin(SKETCHES, SKETCHES.c.digest == OBJECTS.c.digest)
    columns = (OBJECTS.c.digest, OBJECTS.c.type, OBJECTS.c.parts_digest)
    new = SKETCHES.c.parts_digest.is_(None) | (SKETCHES.c.parts_digest != OBJECTS.c.parts_digest)
    chosen = select(*columns).select_from(joined).where(OBJECTS.c.parts_digest != "", new)
    with ledger.engine.connect() as connection:
        for row in connection.execute(chosen.order_by(OBJECTS.c.digest)).fetchall():
            yield parse_digest(row.digest), row.type, row.parts_digest


def _row(digest: Digest, media_type: str, read: str, parts: Parts) -> dict[str, object]:
    text = _beginning(full_text(parts(digest), media_type, with_properties=False))
    letters = letters_of(text)
    made = sketch(letters)
    minima = b"" if made is None else made.astype("<u4").tobytes()
    # What goes on beyond the bound cannot be said to be the same text.
    whole = "" if len(text) >= LONGEST else digest_of(letters.encode("utf-8", "replace")).hex
    return {"digest": digest.hex, "parts_digest": read, "minima": minima, "letters": whole}


def _beginning(lines: Iterable[str]) -> str:
    taken, size = [], 0
    for line in lines:
        taken.append(line)
        size += len(line)
        if size >= LONGEST:
            break
    return "".join(taken)[:LONGEST]


def _pairs(ledger: Ledger) -> Iterator[Pair]:
    with ledger.engine.connect() as connection:
        chosen = select(SKETCHES).where(SKETCHES.c.minima != b"").order_by("digest")
        rows = connection.execute(chosen).fetchall()
    names = [str(row.digest) for row in rows]
    sketches = np.frombuffer(b"".join(row.minima for row in rows), "<u4").reshape(-1, MINIMA)
    for one, other in sorted(_meeting(sketches)):
        alike = share(sketches[one], sketches[other])
        same = rows[one].letters == rows[other].letters != ""
        if same:
            yield Pair(names[one], names[other], SAME_TEXT, 1.0)
        elif alike >= LEAST:
            yield Pair(names[one], names[other], NEAR_TEXT, round(alike, 4))


def _meeting(sketches: NDArray[np.uint32]) -> set[tuple[int, int]]:
    """Pairs of positions, the smaller first, of sketches that meet in a band."""
    found: set[tuple[int, int]] = set()
    for band in bands(sketches):
        order = np.argsort(band, kind="stable")
        edges = np.flatnonzero(np.diff(band[order])) + 1
        for group in np.split(order, edges):
            if len(group) > 1:
                found.update(_pairs_of(group.tolist()))
    return found


def _pairs_of(group: list[int]) -> Iterator[tuple[int, int]]:
    if len(group) > _CROWD:
        yield from ((group[0], other) for other in group[1:])
        return
    for place, one in enumerate(group):
        yield from ((one, other) for other in group[place + 1 :])
