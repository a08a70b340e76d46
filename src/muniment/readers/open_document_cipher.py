"""The members of an encrypted OpenDocument package, opened with a key at hand.

    password ─SHA-1 or SHA-256─▶ start key ─PBKDF2─▶ key ─AES-CBC or Blowfish─▶ deflated member

- A key is tried on the checksum of a member's first 1,024 bytes, so a wrong one opens nothing.
- Packages encrypted as a whole (AES-GCM with Argon2id, of 2024 and later) stay locked, and say so.

Source: OpenDocument 1.3 part 2, §4.8 (manifest:encryption-data) and §3.8.
"""

import base64
import binascii
import hashlib
import zlib
from collections.abc import Iterator
from typing import IO

import msgspec
from lxml import etree  # type: ignore[import-untyped]

from muniment.readers.keys import Keys
from muniment.readers.open_document_part import prefix_of
from muniment.readers.signals import LockedError
from muniment.readers.xml_events import Step, xml_events

_CHECKED = 1024
_MOST_ROUNDS = 10_000_000
_BLOCK = 16


class Sealed(msgspec.Struct, frozen=True):
    """How one member is encrypted, as the manifest says."""

    size: int
    checksum_type: str
    checksum: bytes
    algorithm: str
    vector: bytes
    derivation: str
    salt: bytes
    rounds: int
    key_size: int
    start_type: str


def sealed_members(manifest: IO[bytes]) -> dict[str, Sealed]:
    """How the encrypted members of a package are encrypted, by name; empty where none is."""
    found: dict[str, Sealed] = {}
    try:
        for name, said in _entries(manifest):
            if "manifest:algorithm-name" in said:
                found[name] = _sealed(said)
    except (etree.XMLSyntaxError, ValueError):
        return found
    return found


def _entries(manifest: IO[bytes]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each file entry's name and all that is said in it."""
    said: dict[str, str] = {}
    for event in xml_events(manifest, prefix_of):
        name = event.value
        if event.step is Step.START and name == "manifest:file-entry":
            said = dict(event.attributes)
        elif event.step is Step.START:
            prefix = "start:" if name == "manifest:start-key-generation" else ""
            said |= {prefix + key: value for key, value in event.attributes.items()}
        elif event.step is Step.END and name == "manifest:file-entry":
            yield said.get("manifest:full-path", ""), said


def _sealed(said: dict[str, str]) -> Sealed:
    def number(key: str, otherwise: int) -> int:
        written = said.get(key, "")
        return int(written) if written.isdecimal() and len(written) <= 9 else otherwise  # noqa: PLR2004

    def raw(key: str) -> bytes:
        try:
            return base64.b64decode(said.get(key, ""))
        except binascii.Error as why:
            raise ValueError("no base64") from why

    start = said.get("start:manifest:start-key-generation-name", "sha1")
    return Sealed(
        size=number("manifest:size", 0),
        checksum_type=said.get("manifest:checksum-type", "").lower(),
        checksum=raw("manifest:checksum"),
        algorithm=said.get("manifest:algorithm-name", "").lower(),
        vector=raw("manifest:initialisation-vector"),
        derivation=said.get("manifest:key-derivation-name", "").lower(),
        salt=raw("manifest:salt"),
        rounds=number("manifest:iteration-count", 1024),
        key_size=number("manifest:key-size", 16),
        start_type=start.lower(),
    )


def key_for(member: Sealed, data: bytes, keys: Keys) -> str:
    """The first password at hand that opens a member.

    Raises:
        LockedError: none does, or it is encrypted in a way that is not known here.
    """
    if "pbkdf2" not in member.derivation or not 0 < member.rounds <= _MOST_ROUNDS:
        raise LockedError("an OpenDocument file encrypted in a way that is not known here")
    for secret in keys.secrets:
        try:
            opened = unsealed(member, data, secret)
        except (ValueError, zlib.error):
            continue
        if opened is not None:
            keys.worked(secret)
            return secret
    raise LockedError("an OpenDocument file that is encrypted with a password")


def unsealed(member: Sealed, data: bytes, secret: str) -> bytes | None:
    """A member in the clear; None where the password does not open it.

    Raises:
        ValueError: its cipher is not known here, or its fields do not fit together.
        zlib.error: it does not unpack.
    """
    # Loaded when a locked file is met: cryptography takes its time to start.
    from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish  # noqa: PLC0415
    from cryptography.hazmat.decrepit.ciphers.modes import CFB  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers import Cipher  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.algorithms import AES  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.modes import CBC  # noqa: PLC0415

    start = "sha256" if "sha256" in member.start_type else "sha1"
    first = hashlib.new(start, secret.encode("utf-8", "replace")).digest()
    key = hashlib.pbkdf2_hmac("sha1", first, member.salt, member.rounds, member.key_size)
    if "aes" in member.algorithm:
        data = data[: len(data) - len(data) % _BLOCK]
        decryptor = Cipher(AES(key), CBC(member.vector)).decryptor()
    elif "blowfish" in member.algorithm:
        decryptor = Cipher(Blowfish(key), CFB(member.vector)).decryptor()
    else:
        raise ValueError("no cipher that is known here")
    packed = decryptor.update(data) + decryptor.finalize()
    if member.checksum != b"" and not _fits(member, packed):
        return None
    return zlib.decompressobj(-15).decompress(packed, member.size + 1)


def _fits(member: Sealed, packed: bytes) -> bool:
    kind = "sha256" if "sha256" in member.checksum_type else "sha1"
    checked = packed[:_CHECKED] if "1k" in member.checksum_type else packed
    return hashlib.new(kind, checked).digest() == member.checksum
