"""Joins the volumes of an archive that was split, or a database and the log beside it, end to end.

    work/joined/<key>.json     the digest and size of what some volumes give, so that they are
                               not joined again; the key is the digest of the volumes' digests

- The volumes stay what they are; the joined object's containments name each of them in order, so
  anybody can repeat it: `cat VOLUMES | sha256sum`.
- Names propose, bytes dispose: the first volume begins like an archive, and those between do not;
  of numbered volumes all but the last are of one size. A last volume that ends like a zip is one
  only behind a first that could not be read whole alone.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Row, func, or_, select

from muniment.catalog.ledger import Joined, Ledger
from muniment.catalog.losses import IN_PART
from muniment.catalog.tables import CONTAINMENTS, DELIVERIES, OBJECTS
from muniment.catalog.volumes import LOG, Named, VolumeSet, volume_sets
from muniment.core import Digest, State, canonical_json, digest_of, parse_digest
from muniment.readers import Limits
from muniment.vault import Case

_GLOBS = (
    *("*.[0-9][0-9][0-9]", "*.[0-9][0-9][0-9][0-9]", "*.[rR][aA][rR]", "*.[zZ][iI][pP]"),
    *("*.[rRzZ][0-9][0-9]", "*.[rRzZ][0-9][0-9][0-9]", "*" + LOG),
)
_RAR = "application/vnd.rar"
_DATABASE, _LOG = "application/vnd.sqlite3", "application/vnd.sqlite3-wal"
_ARCHIVES = frozenset(
    (
        *("application/zip", "application/x-7z-compressed", "application/x-tar", _RAR),
        *("application/gzip", "application/x-bzip2", "application/x-xz", "application/zstd"),
    )
)


class _Known(msgspec.Struct, frozen=True):
    digest: Digest
    size: int


class _Volume(msgspec.Struct, frozen=True):
    media_type: str
    size: int
    received: bool
    breaks_off: bool  # unreadable, or read in part


def join_volumes(case: Case, ledger: Ledger, limits: Limits) -> int:
    """Join every set of volumes that is whole; how many objects that were not known came of it."""
    new = 0
    for proposed in volume_sets(_named(ledger)):
        volumes = _volumes(ledger, proposed)
        if _fit(proposed, volumes, limits):
            joined = _joined(case, proposed, volumes)
            new += ledger.take_joined(joined)
    return new


def _named(ledger: Ledger) -> Iterator[Named]:
    """Every object whose name may be a volume's, with the place where it lay."""
    delivered = select(DELIVERIES.c.digest, DELIVERIES.c.intake.label("place"), DELIVERIES.c.name)
    contained = select(
        CONTAINMENTS.c.digest, CONTAINMENTS.c.parent.label("place"), CONTAINMENTS.c.name
    ).where(CONTAINMENTS.c.number >= 0)
    with ledger.engine.connect() as connection:
        for rows in (delivered, contained):
            name = rows.selected_columns["name"]
            logs = select(func.substr(name, 1, func.length(name) - len(LOG)))
            logged = name.in_(logs.where(name.op("GLOB")("*" + LOG)))
            chosen = rows.where(or_(logged, *(name.op("GLOB")(glob) for glob in _GLOBS)))
            for row in connection.execute(chosen.order_by("place", "name", "digest")):
                yield Named(row.digest, row.place, row.name)


def _volumes(ledger: Ledger, proposed: VolumeSet) -> tuple[_Volume, ...]:
    with ledger.engine.connect() as connection:
        rows = {
            volume.digest: connection.execute(
                select(OBJECTS).where(OBJECTS.c.digest == volume.digest)
            ).one()
            for volume in proposed.volumes
        }
    return tuple(
        _Volume(row.type, row.size, bool(row.received), _breaks_off(row))
        for row in (rows[volume.digest] for volume in proposed.volumes)
    )


def _breaks_off(row: Row[Any]) -> bool:
    return bool(row.state == State.UNREADABLE.value or row.reason.startswith(IN_PART))


def _fit(proposed: VolumeSet, volumes: tuple[_Volume, ...], limits: Limits) -> bool:
    """Whether bytes bear out what names propose."""
    first, rest = volumes[0], volumes[1:]
    if sum(volume.size for volume in volumes) > limits.child_bytes:
        return False
    if proposed.kind == "log":
        return (first.media_type, rest[0].media_type) == (_DATABASE, _LOG)
    if proposed.kind in ("part", "old"):
        return all(volume.media_type == _RAR for volume in volumes)
    one_beginning = not any(volume.media_type in _ARCHIVES for volume in rest[:-1])
    if proposed.kind == "spanned":
        return first.media_type == "application/zip" and one_beginning
    even = len({volume.size for volume in volumes[:-1]}) == 1 and rest[-1].size <= first.size
    last_is_rest = rest[-1].media_type not in _ARCHIVES or first.breaks_off
    return first.media_type in _ARCHIVES and one_beginning and even and last_is_rest


def _joined(case: Case, proposed: VolumeSet, volumes: tuple[_Volume, ...]) -> Joined:
    digests = tuple(parse_digest(volume.digest) for volume in proposed.volumes)
    key = digest_of(canonical_json([digest.hex for digest in digests])).hex
    path = case.work / "joined" / f"{key}.json"
    if path.exists():
        known = msgspec.json.decode(path.read_bytes(), type=_Known)
    else:
        stores = [case.received if volume.received else case.found for volume in volumes]
        paths = [store.path(digest) for store, digest in zip(stores, digests, strict=True)]
        with io.BufferedReader(_EndToEnd(paths)) as stream:
            added = case.found.add(stream)
        known = _Known(added.digest, added.size)
        _write(path, msgspec.json.encode(known))
    return Joined(known.digest, known.size, proposed.name, digests)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_bytes(data)
    os.replace(partial, path)


class _EndToEnd(io.RawIOBase):
    """The bytes of some files, one after the other."""

    def __init__(self, paths: list[Path]) -> None:
        super().__init__()
        self._waiting = list(reversed(paths))
        self._file: io.BufferedReader | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        while True:
            if self._file is None:
                if len(self._waiting) == 0:
                    return 0
                self._file = self._waiting.pop().open("rb")
            size = self._file.readinto(buffer)
            if size > 0:
                return size
            self._file.close()
            self._file = None
