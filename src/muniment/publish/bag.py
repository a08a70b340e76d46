"""Writes a transfer bag: BagIt 1.0 (RFC 8493), payload named by hash.

    BAG/
      bagit.txt, bag-info.txt, bagit-profile.json
      manifest-sha256.txt, manifest-sha512.txt          payload, ascending by path
      tagmanifest-sha256.txt, tagmanifest-sha512.txt    tag files but themselves and the seal
      tagmanifest-sha256.txt, tagmanifest-sha512.txt    tag files, not themselves, not the seal
      data/sha256/ab/abcd…                              the objects
      …                                                 tag files, see docs/formats/transfer-bag.md

- Equal input gives equal bytes: the date is passed in, and nothing here reads a clock.
- The bag appears in one rename, whole, or not at all; a target that exists is refused.
- Each byte is read once: both digests are computed while it is copied.
- Payload names are hashes, so no name of a source file ever reaches a manifest.
"""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO, Self

from muniment.core import Digest, IntegrityError, UsageError

_CHUNK = 1 << 20
_TAG_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", re.ASCII)
_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9-]*", re.ASCII)
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_UNITS = ("B", "KB", "MB", "GB", "TB", "PB")
_UNIT = 1000

Seal = Callable[[Digest], bytes]


def object_path(digest: Digest) -> str:
    """Where an object lies in a bag, relative to it."""
    return f"data/sha256/{digest.hex[:2]}/{digest.hex}"


class BagWriter:
    """A bag on its way to `target`; nothing stands there until `finish` returns."""

    def __init__(self, target: Path) -> None:
        """Make the folder that the bag grows in, beside `target`.

        Raises:
            UsageError: something is at `target` already, or its folder does not exist.
        """
        if target.exists() or target.is_symlink():
            raise UsageError(
                f"{target} exists already", next_step="name a folder that is not there"
            )
        if not target.parent.is_dir():
            raise UsageError(
                f"there is no folder {target.parent}", next_step="make it, or name another target"
            )
        self._target = target
        self._growing = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        self._manifests = tuple(
            (self._growing / f"manifest-{name}.txt").open("xb") for name in ("sha256", "sha512")
        )
        (self._growing / "data").mkdir()
        self._tags: dict[str, tuple[str, str]] = {}
        self._last: Digest | None = None
        self._octets = 0
        self._streams = 0

    @property
    def payload_size(self) -> int:
        """Bytes of payload so far."""
        return self._octets

    def add_object(self, digest: Digest, source: BinaryIO) -> None:
        """Copy an object into the payload; objects come in ascending order of their digests.

        Raises:
            IntegrityError: the bytes do not have that digest.
            ValueError: the object is out of order or there already.
        """
        if self._last is not None and not self._last < digest:
            raise ValueError("objects come in ascending order, each once")
        self._last = digest
        path = object_path(digest)
        chunks = iter(lambda: source.read(_CHUNK), b"")
        sums, size = _copy(self._growing / path, chunks)
        if sums[0] != digest.hex:
            raise IntegrityError(
                f"object {digest.hex} has bytes with another hash: {sums[0]}",
                next_step="run `muniment verify` on the case and restore the object from a copy",
            )
        for manifest, written in zip(self._manifests, sums, strict=True):
            manifest.write(f"{written}  {path}\n".encode("ascii"))
        self._octets += size
        self._streams += 1

    def add_tag(self, path: str, chunks: Iterable[bytes]) -> Digest:
        """Write a tag file; comes back with the digest of its bytes.

        Raises:
            ValueError: `path` is not plain, lies in the payload, or is there already.
        """
        if _TAG_PATH.fullmatch(path) is None or path.startswith("data/") or path in self._tags:
            raise ValueError(f"not the path of a new tag file: {path!r}")
        sums, _ = _copy(self._growing / path, chunks)
        self._tags[path] = sums
        return Digest(bytes.fromhex(sums[0]))

    def finish(self, info: Iterable[tuple[str, str]], seal: Seal | None = None) -> Digest:
        """Close the manifests, write `bag-info.txt` and the seal, and let the bag appear.

        `info` are label and value in the order of the file; Bag-Size and Payload-Oxum are added.
        `seal` signs the digest of `tagmanifest-sha256.txt`. Comes back with the digest of
        `manifest-sha256.txt`.

        Raises:
            UsageError: a label or a value cannot stand in `bag-info.txt`.
        """
        for manifest in self._manifests:
            manifest.close()
        fields = [
            *info,
            ("Bag-Size", _human_size(self._octets)),
            ("Payload-Oxum", f"{self._octets}.{self._streams}"),
        ]
        lines = b"".join(_info_line(label, value) for label, value in fields)
        self.add_tag("bagit.txt", [_DECLARATION])
        self.add_tag("bag-info.txt", [lines])
        payload = self._list_manifest("manifest-sha256.txt")
        self._list_manifest("manifest-sha512.txt")
        sealed = self._write_tag_manifests()
        if seal is not None:
            _copy(self._growing / "seal.note", [seal(sealed)])
        self._growing.rename(self._target)
        return payload

    def discard(self) -> None:
        """Remove what has been written, unless the bag has appeared."""
        for manifest in self._manifests:
            manifest.close()
        if self._growing.exists():
            shutil.rmtree(self._growing)

    def __enter__(self) -> Self:
        """This writer."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind of a bag that was not finished."""
        self.discard()

    def _list_manifest(self, name: str) -> Digest:
        with (self._growing / name).open("rb") as file:
            short = hashlib.file_digest(file, "sha256")
            file.seek(0)
            self._tags[name] = (short.hexdigest(), hashlib.file_digest(file, "sha512").hexdigest())
        return Digest(short.digest())

    def _write_tag_manifests(self) -> Digest:
        self._write_tag_manifest("sha512", 1)
        return self._write_tag_manifest("sha256", 0)

    def _write_tag_manifest(self, algorithm: str, place: int) -> Digest:
        lines = [f"{sums[place]}  {path}\n" for path, sums in sorted(self._tags.items())]
        path = self._growing / f"tagmanifest-{algorithm}.txt"
        sums, _ = _copy(path, ["".join(lines).encode()])
        return Digest(bytes.fromhex(sums[0]))


def _copy(path: Path, chunks: Iterable[bytes]) -> tuple[tuple[str, str], int]:
    """Write a new file; comes back with its SHA-256 and SHA-512 in hex, and its size in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    short, long = hashlib.sha256(), hashlib.sha512()
    size = 0
    with path.open("xb") as file:
        for chunk in chunks:
            short.update(chunk)
            long.update(chunk)
            size += file.write(chunk)
    return (short.hexdigest(), long.hexdigest()), size


def _info_line(label: str, value: str) -> bytes:
    if _LABEL.fullmatch(label) is None or value != value.strip() or value == "":
        raise UsageError(
            f"{label!r} cannot be written with the value {value!r}",
            next_step="give a value that is not empty and does not begin or end with white space",
        )
    if any(not letter.isprintable() for letter in value):
        raise UsageError(
            f"the value of {label} holds a line break or control character",
            next_step="give it in one line",
        )
    return f"{label}: {value}\n".encode()


def _human_size(size: int) -> str:
    """Bytes in the largest unit that leaves a whole part, as RFC 8493 §2.2.2 shows it."""
    value, unit = float(size), 0
    while value >= _UNIT and unit < len(_UNITS) - 1:
        value, unit = value / _UNIT, unit + 1
    return f"{size} B" if unit == 0 else f"{value:.1f} {_UNITS[unit]}"
