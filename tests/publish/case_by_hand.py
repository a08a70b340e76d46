"""A second writer of the case folder, from docs/formats alone: no code of the vault is used.

It is the oracle of the verifier's tests and, the other way round, of the vault's own writing.
"""

import base64
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def canonical(value: object) -> bytes:
    """RFC 8785 for values whose member names are ASCII."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """RFC 9162 §2.1.1, as the recursion stands there."""
    if len(leaves) == 0:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = tree_root(leaves[:split]), tree_root(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def inclusion(seq: int, leaves: Sequence[bytes]) -> list[bytes]:
    """RFC 9162 §2.1.3.1, as the recursion stands there."""
    if len(leaves) == 1:
        return []
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if seq < split:
        return [*inclusion(seq, leaves[:split]), tree_root(leaves[split:])]
    return [*inclusion(seq - split, leaves[split:]), tree_root(leaves[:split])]


class Signer:
    """An Ed25519 key with a name; kind 1 signs, kind 4 cosigns."""

    def __init__(self, name: str, seed: bytes, kind: int = 1) -> None:
        self.name, self.kind = name, kind
        self.private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed).digest())
        self.public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        named = name.encode() + b"\n" + bytes([kind]) + self.public
        self.id = hashlib.sha256(named).digest()[:4]

    @property
    def verifier_key(self) -> str:
        data = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{data}"

    def line(self, text: bytes) -> str:
        value = base64.b64encode(self.id + self.private.sign(text)).decode()
        return f"— {self.name} {value}\n"

    def cosignature(self, text: bytes, seconds: int) -> str:
        signed = self.private.sign(b"cosignature/v1\ntime %d\n" % seconds + text)
        value = base64.b64encode(self.id + seconds.to_bytes(8, "big") + signed).decode()
        return f"— {self.name} {value}\n"


class CaseByHand:
    """A case folder that is written as docs/formats/case.md and journal.md draw it."""

    def __init__(self, folder: Path, ident: str = "0f" * 16) -> None:
        self.folder = folder
        self.origin = f"muniment.invalid/{ident}"
        self.signer = Signer(self.origin, ident.encode())
        self.objects = folder / "vault" / "objects" / "sha256"
        self.journal = folder / "vault" / "journal"
        for each in (self.objects, self.journal / "checkpoints", self.journal / "timestamps"):
            each.mkdir(parents=True)
        self.header = canonical(
            {
                "case": ident,
                "created": "2026-01-02T03:04:05.000000Z",
                "format": "muniment-case",
                "origin": self.origin,
                "version": 1,
            }
        )
        (folder / "muniment.json").write_bytes(self.header)
        self.lines: list[bytes] = []
        self.leaves: list[bytes] = []
        self.event("digital signature generation", verifier_key=self.signer.verifier_key)

    def event(self, event: str, *objects: str, outcome: str = "success", **detail: object) -> None:
        prev = self.leaves[-1] if self.leaves else hashlib.sha256(self.header).digest()
        line = canonical(
            {
                "actor": "archivist",
                "at": f"2026-01-02T03:04:05.{len(self.lines):06d}Z",
                "detail": detail,
                "event": event,
                "objects": list(objects),
                "outcome": outcome,
                "prev": prev.hex(),
                "seq": len(self.lines),
                "tool": "by hand 1",
            }
        )
        self.lines.append(line)
        self.leaves.append(hashlib.sha256(b"\0" + line).digest())

    def take_in(self, name: bytes, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        path = self.objects / digest[:2] / digest
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        self.event(
            "ingestion",
            digest,
            name=name.decode("utf-8", "replace"),
            name_hex=name.hex(),
            size=str(len(content)),
        )
        return digest

    def note(self, size: int | None = None, root: bytes | None = None) -> str:
        """The checkpoint of the first `size` events."""
        size = len(self.lines) if size is None else size
        root = tree_root(self.leaves[:size]) if root is None else root
        text = f"{self.origin}\n{size}\n{base64.b64encode(root).decode()}\n"
        return text + "\n" + self.signer.line(text.encode())

    def checkpoint(self) -> Path:
        path = self.journal / "checkpoints" / f"{len(self.lines):012d}.note"
        path.write_text(self.note(), encoding="utf-8")
        return path

    def cosign(self, witness: Signer, seconds: int = 1_767_323_045) -> None:
        size = len(self.lines)
        folder = self.journal / "checkpoints" / f"{size:012d}.cosignatures"
        folder.mkdir()
        text = self.note().split("\n\n")[0] + "\n"
        line = witness.cosignature(text.encode(), seconds)
        (folder / witness.id.hex()).write_text(line, encoding="utf-8")

    def close(self) -> None:
        """Write the events as they now stand."""
        events = self.journal / "events-000000000000.jsonl"
        events.write_bytes(b"".join(line + b"\n" for line in self.lines))
        (self.journal / "leaves.bin").write_bytes(b"".join(self.leaves))


def small_case(folder: Path) -> CaseByHand:
    """A case with three received files, one of them with a name that is not UTF-8."""
    case = CaseByHand(folder)
    case.event("ingestion start", source="unknown")
    case.take_in(b"./memo.txt", b"a memo\n")
    case.take_in(b"./\xd7\xdc.txt", b"another memo\n")
    case.take_in(b"./big.bin", bytes(range(256)) * 9_000)
    case.event("ingestion end")
    case.checkpoint()
    case.close()
    return case


def make_writable(folder: Path) -> None:
    """So that a test can tamper with files that are kept read-only."""
    for top, _, names in os.walk(folder):
        for name in names:
            path = Path(top) / name
            if not path.is_symlink():
                path.chmod(0o644)
