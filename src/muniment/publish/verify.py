#!/usr/bin/env python3
"""Check what you were handed, without Muniment: Python 3.8 or later and nothing else.

    python3 verify.py [DIR] [--key VERIFIERKEY] [--json]

DIR is a transfer bag or a case folder; without it, the folder that this file lies in.
Exit code 0: nothing failed; 3: something failed; 2: the call was wrong. Checked, in this order:

1. each file has the SHA-256 and SHA-512 in the bag's manifests, and nothing else is there;
2. each object's bytes hash to its name;
3. each line of the event log is canonical, in its place, and names the hash of the line before;
4. the log's Merkle tree (RFC 9162) has the root in the checkpoint, which Ed25519 (RFC 8032) signs;
5. each object that arrived, says the log, is here, and each object here arrived.

1 alone proves nothing against somebody who rewrites the manifests too; the rest hangs on the key
that signs. Give it with --key, as you were told it by another way than this folder (telephone).
Proved is that nothing changed since it was signed; not that what was signed is true. Do not run
the copy of this file that a stranger sent you: bring your own, or compare it with one you trust.
"""
# ruff: noqa: T201 -- a program that prints
# ruff: noqa: PLR2004 -- the numbers are sizes that the standards named beside them fix
# ruff: noqa: TRY301 -- what is wrong with a line is said where it is seen, and caught around it

from __future__ import annotations

import argparse
import base64
import bisect
import hashlib
import heapq
import itertools
import json
import os
import re
import stat
import sys
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LINE_LIMIT = 4 * 1024 * 1024  # bytes of one event, docs/formats/journal.md
SMALL_FILE = 1024 * 1024  # bytes; notes, keys, proofs
MOST_FAILURES = 200  # a bag that is wrong everywhere need not be listed whole
STEP = r"(?!\.{1,2}(?:/|\Z))[A-Za-z0-9._-]+"  # of a path; not . and not ..
PLAIN_PATH = re.compile(f"{STEP}(?:/{STEP})*")
HEX64 = re.compile(r"[0-9a-f]{64}")
AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
ARRIVED, LISTED, CONTAINED = 1, 2, 4  # an event says so; the sender's list says so, and where
MEMBERS = ["actor", "at", "detail", "event", "objects", "outcome", "prev", "seq", "tool"]


# Where the fields of Layout are, in their order.
IN_BAG = "custody/muniment.json data/sha256 custody/events custody/checkpoints custody/timestamps"
IN_CASE = (
    "muniment.json vault/objects/sha256 vault/journal vault/journal/checkpoints "
    "vault/journal/timestamps"
)


class Report:
    """What was proved, what stays open, and each failure as what, where and why."""

    def __init__(self) -> None:
        self.proved: list[str] = []
        self.not_proved: list[str] = []
        self.failures: list[dict[str, str]] = []
        self.failed = 0

    def fail(self, what: str, where: str, why: object) -> None:
        self.failed += 1
        if self.failed <= MOST_FAILURES:
            self.failures.append({"what": what, "where": where, "why": str(why)[:500]})

    def leave_open(self, what: str, where: str, why: str, *, in_bag: bool) -> None:
        """What a case folder may still lack, and a bag may not."""
        if in_bag:
            self.fail(what, where, why)
        else:
            self.not_proved.append(f"{what}: {where}: {why}.")

    def as_json(self) -> dict[str, Any]:
        return {
            "ok": self.failed == 0,
            "proved": self.proved,
            "not_proved": self.not_proved,
            "failures": self.failures,
            "failures_in_all": self.failed,
        }


class Layout(NamedTuple):
    """Where things lie: in a bag and in a case folder."""

    root: str
    is_bag: bool
    header: str  # muniment.json, whose SHA-256 the first event names
    objects: str
    events: str
    checkpoints: str
    timestamps: str

    def path(self, relative: str) -> str:
        return os.path.join(self.root, *relative.split("/"))

    def has(self, relative: str) -> bool:
        return os.path.lexists(self.path(relative))

    def open(self, relative: str) -> BinaryIO:
        """A regular file, never a link and never a device that would block."""
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(self.path(relative), flags | getattr(os, "O_BINARY", 0))
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise ValueError("not a regular file")
        return os.fdopen(handle, "rb")

    def read(self, relative: str) -> bytes:
        with self.open(relative) as file:
            data = file.read(SMALL_FILE + 1)
        if len(data) > SMALL_FILE:
            raise ValueError(f"larger than {SMALL_FILE} bytes")
        return data

    def names(self, relative: str) -> list[str]:
        return sorted(os.listdir(self.path(relative))) if self.has(relative) else []


# --- Ed25519, RFC 8032 §5.1 -----------------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE_D = -121665 * pow(121666, P - 2, P) % P
BASE_Y = 4 * pow(5, P - 2, P) % P


class Point(NamedTuple):
    """Extended coordinates: the point is (x/z, y/z), and t/z is the product of the two."""

    x: int
    y: int
    z: int
    t: int


def add_points(p: Point, q: Point) -> Point:
    """Sum of two points, equal or not (RFC 8032 §5.1.4)."""
    a, b = (p.y - p.x) * (q.y - q.x) % P, (p.y + p.x) * (q.y + q.x) % P
    c, d = 2 * p.t * q.t * CURVE_D % P, 2 * p.z * q.z % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return Point(e * f % P, g * h % P, f * g % P, e * h % P)


def decode_point(data: bytes) -> Point | None:
    """The point that 32 bytes name, None where they name none (RFC 8032 §5.1.3)."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    square = (y * y - 1) * pow(CURVE_D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P != 0 or (x == 0 and sign == 1):
        return None
    x = P - x if x & 1 != sign else x
    return Point(x, y, 1, x * y % P)


def ed25519_holds(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is that of `message` under `key` (RFC 8032 §5.1.7, without cofactor).

    The same with OpenSSL 3:
    openssl pkeyutl -verify -rawin -pubin -inkey KEY.pem -in MESSAGE -sigfile SIGNATURE
    """
    public, base = decode_point(key), decode_point(BASE_Y.to_bytes(32, "little"))
    scalar = int.from_bytes(signature[32:], "little")
    # S must be below the group's order: a second signature could be made from each one otherwise.
    if public is None or base is None or len(signature) != 64 or scalar >= ORDER:
        return False
    hashed = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(hashed, "little") % ORDER
    minus = Point(P - public.x, public.y, 1, P - public.t)
    table = (Point(0, 1, 1, 0), base, minus, add_points(base, minus))
    total = table[0]
    for bit in range(252, -1, -1):  # [S]B - [k]A in one pass, which must be R
        total = add_points(total, total)
        total = add_points(total, table[(scalar >> bit & 1) + 2 * (challenge >> bit & 1)])
    inverse = pow(total.z, P - 2, P)
    x, y = total.x * inverse % P, total.y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# --- keys and signed notes, C2SP signed-note, tlog-checkpoint, tlog-cosignature -------------------


class Key(NamedTuple):
    """A verifier key; kind 1 signs checkpoints, kind 4 cosigns them."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(named).digest()[:4]


def parse_key(written: str) -> Key:
    """The key written `<name>+<8 hex>+<base64(kind, public key)>`."""
    fields = written.strip().split("+", 2)
    data = base64.b64decode(fields[-1], validate=True)
    if len(fields) != 3 or fields[0] == "" or len(data) != 33 or data[0] not in (1, 4):
        raise ValueError("a verifier key is written <name>+<8 hex digits>+<base64>")
    key = Key(fields[0], data[0], data[1:])
    if key.id.hex() != fields[1]:
        raise ValueError("its key hash is not that of its name and key")
    return key


def note_text(note: bytes) -> bytes:
    return note[: note.rindex(b"\n\n") + 1]


def signatures(lines: bytes, key: Key) -> list[bytes]:
    """The signatures by this key in signature lines: what follows the key hash."""
    found = []
    for line in lines.decode().splitlines():
        dash, name, value = [*line.split(" "), "", ""][:3]
        if dash == "\u2014" and name == key.name:
            data = base64.b64decode(value, validate=True)
            found += [data[4:]] if data[:4] == key.id else []
    return found


def is_signed(note: bytes, key: Key) -> bool:
    text = note_text(note)
    return any(ed25519_holds(key.public, text, one) for one in signatures(note[len(text) :], key))


def cosigned_at(note: bytes, lines: bytes, key: Key) -> int | None:
    """The Unix time at which the witness says it saw this checkpoint; None where no line holds."""
    for value in signatures(lines, key):
        seconds = int.from_bytes(value[:8], "big")
        message = b"cosignature/v1\ntime %d\n" % seconds + note_text(note)
        if ed25519_holds(key.public, message, value[8:]):
            return seconds
    return None


class Checkpoint(NamedTuple):
    where: str
    size: int
    root: bytes
    note: bytes


def parse_checkpoint(where: str, note: bytes, origin: str) -> Checkpoint:
    lines = note_text(note).decode().split("\n")
    if len(lines) < 4 or lines[0] != origin:
        raise ValueError(f"its first line is not the origin {origin}")
    if re.fullmatch(r"0|[1-9][0-9]{0,15}", lines[1]) is None:
        raise ValueError("its size is not a decimal number")
    root = base64.b64decode(lines[2], validate=True)
    if len(root) != 32:
        raise ValueError("its root is not 32 bytes")
    return Checkpoint(where, int(lines[1]), root, note)


# --- the Merkle tree, RFC 9162 §2.1 ---------------------------------------------------------------


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A growing tree, as the roots of its whole subtrees: a few dozen hashes at most."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        self.size += 1
        self.peaks.append(leaf)
        for _ in range((self.size & -self.size).bit_length() - 1):
            right = self.peaks.pop()
            self.peaks.append(node_hash(self.peaks.pop(), right))

    def root(self) -> bytes:
        if len(self.peaks) == 0:
            return hashlib.sha256(b"").digest()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def root_from_proof(leaf: bytes, seq: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that an inclusion proof leads to (RFC 9162 §2.1.3.2); None: of wrong length."""
    position, last, root = seq, size - 1, leaf
    for node in path:
        if last == 0:
            return None
        if position & 1 == 1 or position == last:
            root = node_hash(node, root)
            while position & 1 == 0 and position != 0:
                position, last = position >> 1, last >> 1
        else:
            root = node_hash(root, node)
        position, last = position >> 1, last >> 1
    return root if last == 0 and seq < size else None


# --- events ---------------------------------------------------------------------------------------


def canonical(value: Any) -> bytes:
    """RFC 8785 for what the log may hold: no floats, members ordered by UTF-16 code units."""

    def ordered(item: Any) -> Any:
        if isinstance(item, dict):
            return {name: ordered(item[name]) for name in sorted(item, key=utf16)}
        return [ordered(one) for one in item] if isinstance(item, list) else item

    def utf16(name: str) -> bytes:
        return name.encode("utf-16-be", "surrogatepass")

    return json.dumps(ordered(value), ensure_ascii=False, separators=(",", ":")).encode()


def small_integer(written: str) -> int:
    if len(written) > 17 or abs(int(written)) >= 2**53:
        raise ValueError("a number beyond 2^53 - 1")
    return int(written)


def no_number(written: str) -> Any:
    raise ValueError(f"a number that no event holds: {written[:20]}")


def parse_json(data: bytes) -> Any:
    try:
        value = json.loads(
            data.decode(), parse_int=small_integer, parse_float=no_number, parse_constant=no_number
        )
        if canonical(value) != data:
            raise ValueError("not the canonical JSON of what it says")
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value


def parse_event(line: bytes) -> Any:
    """The members of an event; ValueError says what is wrong with the line."""
    event = parse_json(line)
    if not isinstance(event, dict) or sorted(event) != MEMBERS:
        raise ValueError("an event has the nine members " + ", ".join(MEMBERS))
    texts = [event[name] for name in ("actor", "at", "event", "outcome", "prev", "tool")]
    objects = event["objects"]
    if (
        not all(isinstance(text, str) and text != "" for text in texts)
        or AT.fullmatch(event["at"]) is None
        or event["outcome"] not in ("success", "warning", "failure")
        or not isinstance(event["detail"], dict)
        or not isinstance(objects, list)
        or not all(isinstance(name, str) and HEX64.fullmatch(name) is not None for name in objects)
        or type(event["seq"]) is not int
    ):
        raise ValueError("a member is not what the format says")
    return event


def event_lines(layout: Layout, report: Report, *, whole: bool) -> Iterator[tuple[str, bytes]]:
    """Each complete line without its newline; of a whole log, files are named by first event."""
    seq = 0
    names = [name for name in layout.names(layout.events) if name.endswith(".jsonl")]
    for name in names:
        if whole and name != f"events-{seq:012d}.jsonl":
            report.fail("event log", name, f"the file that begins with event {seq} is missing")
        with layout.open(f"{layout.events}/{name}") as file:
            for line in iter(lambda: file.readline(LINE_LIMIT), b""):
                if line.endswith(b"\n"):
                    yield (f"event {seq}" if whole else f"{name} line {seq + 1}"), line[:-1]
                elif layout.is_bag or name != names[-1] or len(line) == LINE_LIMIT:
                    report.fail("event log", name, f"after event {seq - 1} a line does not end")
                    return
                else:
                    report.not_proved.append(f"{name} ends in an append that was cut off.")
                seq += 1


# --- files, manifests, objects --------------------------------------------------------------------


class Objects:
    """The objects that are here, 33 bytes each, in order, and how log and list speak of them."""

    def __init__(self) -> None:
        self.digests = bytearray()
        self.met = bytearray()
        self.missing: set[str] = set()
        self.deleted: set[str] = set()

    def __len__(self) -> int:
        return len(self.met)

    def __getitem__(self, place: int) -> bytes:
        return bytes(self.digests[32 * place : 32 * place + 32])

    def add(self, digest: bytes) -> None:
        self.digests += digest
        self.met.append(0)

    def mark(self, digest: str, how: int) -> bool:
        """Whether the object is here; how it was met: ARRIVED, LISTED, CONTAINED."""
        place = bisect.bisect_left(self, bytes.fromhex(digest))
        if place == len(self) or self[place].hex() != digest:
            return False
        self.met[place] |= how
        return True

    def count(self, how: int) -> int:
        """How many arrived, are only said to be contained, or neither (0)."""
        return sum(1 for met in self.met if (met & ARRIVED or met & CONTAINED) == how)

    def account(self, event: Any) -> None:
        """Note what one event says of the arrival or the deletion of objects."""
        for digest in event["objects"]:
            if event["event"] == "deletion":
                self.deleted.add(digest)
            elif event["event"] != "ingestion" or event["outcome"] == "failure":
                continue
            elif not self.mark(digest, ARRIVED):
                self.missing.add(digest)


def walk(layout: Layout, report: Report, folder: str, skip: Sequence[str] = ()) -> Iterator[str]:
    """The files below `folder`, in the order of their paths; links and deep nests are refused."""

    def order(entry: os.DirEntry[str]) -> str:
        return entry.name + ("/" if entry.is_dir(follow_symlinks=False) else "")

    top = layout.path(folder) if folder else layout.root
    if os.path.islink(top):
        report.fail("files", folder, "a link: refused")
        return
    for entry in sorted(os.scandir(top), key=order):
        path = f"{folder}/{entry.name}" if folder else entry.name
        if path in skip:
            continue
        if entry.is_dir(follow_symlinks=False) and path.count("/") < 6:
            yield from walk(layout, report, path)
        elif entry.is_file(follow_symlinks=False):
            yield path
        else:
            report.fail("files", path, "a link, a device or a folder nested too deeply: refused")


def manifest_lines(layout: Layout, report: Report, name: str) -> Iterator[tuple[str, str, str]]:
    """(path, manifest, digest) for each line; the format demands plain paths in ascending order."""
    last = ""
    with layout.open(name) as file:
        for raw in iter(lambda: file.readline(4096), b""):
            digest, _, path = raw.decode("ascii", "replace").rstrip("\n").partition("  ")
            if PLAIN_PATH.fullmatch(path) is None or re.fullmatch("[0-9a-f]+", digest) is None:
                report.fail("manifest", name, f"a line names no plain path: {path[:200]!r}")
            elif path <= last:
                report.fail("manifest", name, f"not in ascending order at {path}")
            else:
                last = path
                yield path, name, digest


def hash_file(layout: Layout, path: str) -> tuple[dict[str, str], int]:
    """Both digests of a file in hex, and its size, reading it once."""
    sums, size = {"sha256": hashlib.sha256(), "sha512": hashlib.sha512()}, 0
    with layout.open(path) as file:
        for chunk in iter(lambda: file.read(1 << 20), b""):
            size += len(chunk)
            for algorithm in sums.values():
                algorithm.update(chunk)
    return {name: algorithm.hexdigest() for name, algorithm in sums.items()}, size


def check_files(
    layout: Layout, report: Report, paths: Iterator[str], manifests: Sequence[str], objects: Objects
) -> str:
    """Compare the files with all manifests in one pass, reading each file once; says how many."""
    listed = [manifest_lines(layout, report, name) for name in manifests]
    streams = [((path, "", "") for path in paths), *listed]
    count = size = 0
    for path, entries in itertools.groupby(heapq.merge(*streams), key=lambda entry: entry[0]):
        stated = {name: digest for _, name, digest in entries}
        if "" not in stated:
            report.fail("files", path, "listed in a manifest, but not here")
            continue
        sums, octets = hash_file(layout, path)
        count, size, digest = count + 1, size + octets, sums["sha256"]
        for name in manifests:
            if name not in stated:
                report.fail("files", path, f"not listed in {name}")
            elif stated[name] != sums[name[-10:-4]]:
                report.fail("files", path, f"its bytes are not those that {name} states")
        if path == f"{layout.objects}/{digest[:2]}/{digest}":
            objects.add(bytes.fromhex(digest))
        elif path.startswith(("data/", layout.objects)):
            report.fail("objects", path, f"its bytes hash to {digest}")
    return f"{count} files, {size} bytes"


def check_bag(layout: Layout, report: Report, objects: Objects) -> None:
    before = report.failed
    if layout.read("bagit.txt") != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
        report.fail("bag", "bagit.txt", "not a BagIt 1.0 bag")
    if layout.has("fetch.txt"):
        report.fail("bag", "fetch.txt", "a bag that wants files from elsewhere is not whole")
    pair = ("manifest-sha256.txt", "manifest-sha512.txt")
    payload = check_files(layout, report, walk(layout, report, "data"), pair, objects)
    own = ("tagmanifest-sha256.txt", "tagmanifest-sha512.txt")
    rest = walk(layout, report, "", ("data", "seal.note", *own))
    tags = check_files(layout, report, rest, own, Objects())
    if report.failed == before:
        report.proved.append(
            f"Payload ({payload}) and tag files ({tags}) have the SHA-256 and SHA-512 in the "
            "manifests, each object is named by its SHA-256, nothing is missing, nothing is extra."
        )


# --- the log against the checkpoint, the objects against the log ----------------------------------


def read_keys(layout: Layout, report: Report, pinned: Sequence[str]) -> list[Key]:
    """The key that signs, then those of witnesses; pinned ones before those found here."""
    found = layout.read("custody/keys.txt").decode().splitlines() if layout.is_bag else []
    if not layout.is_bag:
        _, line = next(event_lines(layout, report, whole=True))
        found = [parse_event(line)["detail"]["verifier_key"]]
    keys = [parse_key(written) for written in [*pinned, *found]]
    keys.sort(key=lambda key: key.kind)  # stable: a pinned key stays before one from here
    if any(parse_key(written).kind == 1 for written in pinned):
        report.proved.append(f"The signing key is the one you gave (hash {keys[0].id.hex()}).")
    else:
        report.not_proved.append(
            f"The signing key (hash {keys[0].id.hex()}) was taken from what you were handed. "
            "Whoever could replace everything could replace it too: ask the sender for it by "
            "another way, and run this again with --key."
        )
    return keys


def read_checkpoints(layout: Layout, report: Report, keys: Sequence[Key]) -> list[Checkpoint]:
    """The checkpoints that the case's key signed, in order of size."""
    good: list[Checkpoint] = []
    for name in layout.names(layout.checkpoints):
        where = f"{layout.checkpoints}/{name}"
        if not name.endswith(".note"):
            continue
        try:
            point = parse_checkpoint(where, layout.read(where), keys[0].name)
            if name != f"{point.size:012d}.note":
                raise ValueError(f"it is of {point.size} events, which its name does not say")
            if not is_signed(point.note, keys[0]):
                raise ValueError(f"no valid signature of the key {keys[0].id.hex()}")
            good.append(point)
        except (ValueError, OSError) as why:
            report.fail("checkpoint", where, why)
    if len(good) == 0 and layout.is_bag:
        report.fail("checkpoint", layout.checkpoints, "no signed checkpoint")
    if len(good) > 0:
        report.proved.append(
            f"{len(good)} checkpoint(s) signed by the key {keys[0].id.hex()}; the last: "
            f"{good[-1].size} events, root {good[-1].root.hex()}."
        )
    return good


def check_cosignatures(
    layout: Layout, report: Report, points: Sequence[Checkpoint], keys: Sequence[Key]
) -> set[Key]:
    """What witnesses signed; comes back with those whose cosignature holds."""
    good, unknown = set(), 0
    for point in points:
        folder = point.where[: -len(".note")] + ".cosignatures"
        for name in layout.names(folder):
            witnesses = [key for key in keys if key.kind == 4 and key.id.hex() == name]
            if len(witnesses) == 0:
                unknown += 1
                continue
            try:
                seconds = cosigned_at(point.note, layout.read(f"{folder}/{name}"), witnesses[0])
            except (ValueError, OSError):
                seconds = None
            if seconds is None:
                report.fail("cosignature", f"{folder}/{name}", "no valid signature of this key")
            else:
                good.add(witnesses[0])
                report.proved.append(
                    f"{witnesses[0].name} cosigned the checkpoint of {point.size} events "
                    f"at Unix time {seconds} by its own clock."
                )
    if unknown > 0:
        report.not_proved.append(f"{unknown} cosignature(s) by keys that are not known here.")
    return good


def check_whole_log(
    layout: Layout, report: Report, points: Sequence[Checkpoint], key: Key, objects: Objects
) -> None:
    """Every event, from the first to the last; the root at each checkpoint's size."""
    before, tree, roots = report.failed, Tree(), {point.size: point for point in points}
    prev = hashlib.sha256(layout.read(layout.header)).hexdigest()
    copies = second_copy(layout)
    for where, line in event_lines(layout, report, whole=True):
        leaf = hashlib.sha256(b"\x00" + line).digest()
        if next(copies, leaf) != leaf:
            report.fail("event log", where, "altered: leaves.bin has another hash for it")
        try:
            event = parse_event(line)
            if event["seq"] != tree.size:
                raise ValueError(f"it says that it is event {event['seq']}")
            if event["prev"] != prev:
                raise ValueError("it does not follow: it names another hash for what came before")
            check_first(event, key)
            objects.account(event)
        except ValueError as why:
            report.fail("event log", where, why)
        tree.append(leaf)
        prev = leaf.hex()
        if tree.size in roots and roots.pop(tree.size).root != tree.root():
            report.fail("checkpoint", f"{tree.size} events", "the events do not have this root")
    for size in roots:
        report.fail("checkpoint", f"{size} events", f"only {tree.size} events are here")
    later = tree.size - max([point.size for point in points], default=0)
    if later > 0:
        reason = "after the last signed checkpoint"
        report.leave_open("event log", f"{later} events", reason, in_bag=layout.is_bag)
    if report.failed == before:
        report.proved.append(
            f"{tree.size} events are canonical, numbered and chained, and have the root of "
            "each checkpoint."
        )


def second_copy(layout: Layout) -> Iterator[bytes]:
    """The leaf hashes that a case folder keeps beside its events; they may lag behind."""
    if layout.has(f"{layout.events}/leaves.bin"):
        with layout.open(f"{layout.events}/leaves.bin") as file:
            yield from iter(lambda: file.read(32), b"")


def check_first(event: Any, key: Key) -> None:
    """The first event names the key of the case."""
    if event["seq"] == 0 and parse_key(str(event["detail"].get("verifier_key"))) != key:
        raise ValueError("the first event names another signing key")


def check_chosen_events(
    layout: Layout, report: Report, points: Sequence[Checkpoint], key: Key, objects: Objects
) -> None:
    """Of a selection: each event by its inclusion proof."""
    before, count, last = report.failed, 0, -1
    for where, line in event_lines(layout, report, whole=False):
        try:
            event = parse_event(line)
            proof = parse_json(layout.read(f"custody/proofs/{event['seq']:012d}.json"))
            if proof["event"].encode() != line:
                raise ValueError("its proof is of another event")
            path = [bytes.fromhex(node) for node in proof["nodes"]]
            leaf = hashlib.sha256(b"\x00" + line).digest()
            root = root_from_proof(leaf, event["seq"], points[-1].size, path)
            if root != points[-1].root:
                raise ValueError("its proof does not lead to the root of the signed checkpoint")
            if event["seq"] <= last:
                raise ValueError("out of order or twice")
            check_first(event, key)
            objects.account(event)
            last, count = event["seq"], count + 1
        except (ValueError, OSError, LookupError, TypeError) as why:
            report.fail("event log", where, why)
    if report.failed == before:
        report.proved.append(f"{count} events are in the tree of the signed checkpoint.")
    report.not_proved.append(
        f"This is a selection: {count} of {points[-1].size} events. The others are not shown."
    )


def check_objects(layout: Layout, report: Report, objects: Objects) -> None:
    """What arrived is here, and what is here arrived, or is said to lie in something that did."""
    before, declared = report.failed, set()
    if layout.has("custody/not-included.txt"):
        with layout.open("custody/not-included.txt") as file:
            declared = {line.decode("ascii", "replace").strip() for line in file}
    for digest in sorted(objects.missing - objects.deleted - declared):
        report.fail("objects", digest, "arrived, says the log, but is neither here nor declared")
    if layout.is_bag:
        check_items(layout, report, objects)
    if report.failed == before:
        report.proved.append(f"{objects.count(ARRIVED)} objects here arrived as the log says.")
    for amount, sentence in (
        (len(objects.missing & declared), "objects that arrived are declared as not included"),
        (len(objects.deleted), "objects were deleted, as recorded events say"),
        (objects.count(CONTAINED), "objects lie in others, says the sender; no event names them"),
        (0 if layout.is_bag else objects.count(0), "objects are here of which no event says so"),
    ):
        if amount > 0:
            report.not_proved.append(f"{amount} {sentence}.")


def check_items(layout: Layout, report: Report, objects: Objects) -> None:
    """The sender's list names each object; where no event does, the list says what it lies in."""
    with layout.open("metadata/items.jsonl") as file:
        for number, line in enumerate(iter(lambda: file.readline(LINE_LIMIT), b""), 1):
            try:
                item = parse_json(line.rstrip(b"\n"))
                inside = CONTAINED if item["kind"] == "contained" else 0
                objects.mark(item["sha256"], LISTED | inside)
            except (ValueError, LookupError, TypeError) as why:
                report.fail("list of items", f"metadata/items.jsonl line {number}", why)
    for place, met in enumerate(objects.met):
        if not met & LISTED or not met & (ARRIVED | CONTAINED):
            report.fail("objects", objects[place].hex(), "here, but no event or list says why")


def check_bag_info(layout: Layout, report: Report, points: Sequence[Checkpoint]) -> None:
    """The two fields that people read out must be those of the checkpoint."""
    info = dict(
        line.partition(": ")[::2] for line in layout.read("bag-info.txt").decode().splitlines()
    )
    last = points[-1]
    for name, value in (("Checkpoint-Root", last.root.hex()), ("Log-Size", str(last.size))):
        if info.get(name) != value:
            report.fail("bag", "bag-info.txt", f"{name} is not that of the signed checkpoint")


def check_seal(layout: Layout, report: Report, key: Key) -> None:
    """seal.note signs the tag manifest, and with it every other file."""
    note, (sums, _) = layout.read("seal.note"), hash_file(layout, "tagmanifest-sha256.txt")
    digest = sums["sha256"]
    if note_text(note).decode() != f"muniment-transfer-bag v1\n{key.name}\n{digest}\n":
        report.fail("seal", "seal.note", "it seals another bag than this")
    elif not is_signed(note, key):
        report.fail("seal", "seal.note", f"no valid signature of the key {key.id.hex()}")
    else:
        report.proved.append(f"The whole bag is sealed by the key {key.id.hex()}.")


def check_timestamps(layout: Layout, report: Report, points: Sequence[Checkpoint]) -> None:
    """That each token names a checkpoint that is here; OpenSSL checks who signed it."""
    texts = {point.size: note_text(point.note) for point in points}
    for name in layout.names(layout.timestamps):
        where = f"{layout.timestamps}/{name[: -len('.json')]}"
        if not name.endswith(".json") or not layout.has(where + ".tsr"):
            continue
        try:
            nonce = bytes.fromhex(parse_json(layout.read(where + ".json").rstrip(b"\n"))["nonce"])
            digest = hashlib.sha256(texts[int(name.split("-")[0])] + nonce)
            if b"\x04\x20" + digest.digest() not in layout.read(where + ".tsr"):
                raise ValueError("the token does not speak of this checkpoint")
            report.not_proved.append(
                f"{where}.tsr names this checkpoint; that an authority signed it, check with: "
                f"openssl ts -verify -digest {digest.hexdigest()} -in {where}.tsr -CAfile CA.pem"
            )
        except (ValueError, OSError, LookupError, TypeError) as why:
            report.fail("time stamp", where, why)


# --- all of it ------------------------------------------------------------------------------------


def layout_of(folder: str) -> Layout:
    """What kind of folder this is; ValueError where it is neither kind."""
    root = os.path.abspath(folder)
    for is_bag, mark, paths in ((True, "bagit.txt", IN_BAG), (False, "muniment.json", IN_CASE)):
        if os.path.isfile(os.path.join(root, mark)):
            return Layout(root, is_bag, *paths.split())
    raise ValueError(f"{folder} is neither a transfer bag (bagit.txt) nor a case (muniment.json)")


def check(layout: Layout, report: Report, pinned: Sequence[str]) -> None:
    objects = Objects()
    if layout.is_bag:
        check_bag(layout, report, objects)
    elif layout.has(layout.objects):
        before = report.failed
        found = check_files(layout, report, walk(layout, report, layout.objects), (), objects)
        if report.failed == before:
            report.proved.append(f"Received objects ({found}): each hashes to its name.")
    keys = read_keys(layout, report, pinned)
    points = read_checkpoints(layout, report, keys)
    seen = check_cosignatures(layout, report, points, keys)
    for key in map(parse_key, pinned):
        if key.kind == 4 and key not in seen:
            report.fail("cosignature", key.name, "the key that you gave cosigned nothing here")
    if layout.is_bag and len(points) == 0:
        return
    if layout.has("custody/proofs"):
        check_chosen_events(layout, report, points, keys[0], objects)
    else:
        check_whole_log(layout, report, points, keys[0], objects)
    check_objects(layout, report, objects)
    if layout.has("vault/partners"):
        kept = len(layout.names("vault/partners"))
        report.not_proved.append(f"The logs of {kept} partner(s) in vault/partners: not looked at.")
    if layout.is_bag:
        check_bag_info(layout, report, points)
        check_seal(layout, report, keys[0])
    check_timestamps(layout, report, points)


def verify(folder: str, pinned: Sequence[str] = ()) -> Report:
    """Check a bag or a case folder; `pinned` are verifier keys known by another way.

    Raises ValueError where `folder` is neither, or a pinned key is not written as one.
    """
    report, layout = Report(), layout_of(folder)
    for written in pinned:
        parse_key(written)
    try:
        check(layout, report, pinned)
    # The border to what a stranger wrote: whatever it made this program stumble over is a failure.
    except Exception as why:  # noqa: BLE001
        name = type(why).__name__
        report.fail("reading", layout.root, f"could not be checked further: {name}: {why}")
    return report


def shown(text: str) -> str:
    """Without control characters, which could make a terminal show something else."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def main(arguments: Sequence[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    words.add_argument("folder", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    words.add_argument(
        "--key", action="append", default=[], help="a verifier key, NAME+HASH+BASE64"
    )
    words.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = words.parse_args(arguments)
    try:
        report = verify(chosen.folder, chosen.key)
    except ValueError as why:
        print(f"verify: {shown(str(why))}", file=sys.stderr)
        return 2
    if chosen.json:
        print(json.dumps(report.as_json(), indent=1))
    else:
        for title, lines in (("Proved:", report.proved), ("Not proved:", report.not_proved)):
            if lines:
                print("\n".join([title, *("  - " + shown(line) for line in lines), ""]))
        for one in report.failures:
            print("FAILED: " + shown(f"{one['what']}: {one['where']}: {one['why']}"))
        print(f"{report.failed} failures." if report.failed else "Nothing failed.")
    return 3 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
