"""Signed notes: a text and the signatures of those who stand by it (C2SP signed-note).

    <text, lines that end in newlines>
    <an empty line>
    — <key name> <base64(key hash ‖ signature)>          one line a signature

- A note is read strictly: UTF-8, no control characters, canonical base64. `print_note` of what
  `parse_note` read gives the same bytes.
- Nothing is known of a text until a key that one trusts has been found under it.
"""

import base64
import binascii
from collections.abc import Sequence

import msgspec

from muniment.vault.keys import SIGNATURE_SIZE, Algorithm, SigningKey, VerifierKey, is_key_name

_SIZE_LIMIT = 1_000_000  # bytes; the limits are those of golang.org/x/mod/sumdb/note
_SIGNATURE_LIMIT = 100
_HASH_SIZE = 4  # bytes
_TIME_SIZE = 8  # bytes, big-endian seconds since 1970
_TIME_LIMIT = 2**63  # C2SP tlog-cosignature, "Format"
_DASH = "— "


class SignatureError(ValueError):
    """Raised for a note under which a signature claims to be by a known key and is not."""


class Signature(msgspec.Struct, frozen=True):
    """A signature as it stands under a note: by whom, with which key, and its bytes."""

    name: str
    key_hash: bytes  # 4 bytes
    blob: bytes

    def __str__(self) -> str:
        """The line, without newline."""
        return f"{_DASH}{self.name} {base64.b64encode(self.key_hash + self.blob).decode()}"


class Note(msgspec.Struct, frozen=True):
    """A text and the signatures under it."""

    text: str
    signatures: tuple[Signature, ...]


def parse_signature(untrusted_line: str) -> Signature:
    """The signature that a line (without newline) holds.

    Raises:
        ValueError: the line is no signature line.
    """
    name, space, encoded = untrusted_line.removeprefix(_DASH).partition(" ")
    if not untrusted_line.startswith(_DASH) or space == "" or not is_key_name(name):
        raise ValueError("a signature line is '— <key name> <base64>'")
    try:
        data = base64.b64decode(encoded.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as why:
        raise ValueError("a signature is written in base64") from why
    if len(data) <= _HASH_SIZE or base64.b64encode(data).decode() != encoded:
        raise ValueError("a signature is a key hash and more, in canonical base64")
    return Signature(name, data[:_HASH_SIZE], data[_HASH_SIZE:])


def parse_note(untrusted_note: bytes) -> Note:
    """The note in these bytes; none of its signatures has been checked.

    Raises:
        ValueError: the bytes are not a signed note.
    """
    if len(untrusted_note) > _SIZE_LIMIT:
        raise ValueError(f"a note has at most {_SIZE_LIMIT} bytes")
    written = untrusted_note.decode("utf-8")
    if any(letter < " " and letter != "\n" for letter in written):
        raise ValueError("a note has no control characters")
    text, empty_line, signatures = written.rpartition("\n\n")
    if empty_line == "" or not signatures.endswith("\n"):
        raise ValueError("a note is a text, an empty line and signature lines")
    lines = signatures.removesuffix("\n").split("\n")
    if len(lines) > _SIGNATURE_LIMIT:
        raise ValueError(f"a note has at most {_SIGNATURE_LIMIT} signatures")
    return Note(text + "\n", tuple(parse_signature(line) for line in lines))


def print_note(note: Note) -> bytes:
    """The bytes of a note.

    Raises:
        ValueError: the text does not end in a newline, or there is no signature.
    """
    if not note.text.endswith("\n") or len(note.signatures) == 0:
        raise ValueError("a note is a text that ends in a newline, and signatures")
    return "".join([note.text, "\n", *(f"{line}\n" for line in note.signatures)]).encode()


def sign_note(text: str, key: SigningKey) -> Note:
    """A note of `text` with the one signature of `key`."""
    verifier = key.verifier()
    blob = key.sign(text.encode())
    return Note(text, (Signature(verifier.name, verifier.key_hash, blob),))


def cosigned_message(text: str, seconds: int) -> bytes:
    """What a cosignature of that time signs (C2SP tlog-cosignature, "Ed25519 signed message")."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def cosignature_time(signature: Signature) -> int:
    """When a cosignature says that it was made, in seconds since 1970.

    Raises:
        ValueError: it is no cosignature.
    """
    seconds = int.from_bytes(signature.blob[:_TIME_SIZE], "big")
    if len(signature.blob) != _TIME_SIZE + SIGNATURE_SIZE or seconds >= _TIME_LIMIT:
        raise ValueError("a cosignature is a time of 8 bytes and a signature of 64")
    return seconds


def signature_holds(text: str, signature: Signature, key: VerifierKey) -> bool:
    """Whether `signature` is by `key` and signs `text`, in the way of the key's algorithm."""
    if (signature.name, signature.key_hash) != (key.name, key.key_hash):
        return False
    match key.algorithm:
        case Algorithm.ED25519:
            return key.verifies(text.encode(), signature.blob)
        case Algorithm.COSIGNATURE:
            try:
                message = cosigned_message(text, cosignature_time(signature))
            except ValueError:
                return False
            return key.verifies(message, signature.blob[_TIME_SIZE:])


def signers(note: Note, keys: Sequence[VerifierKey]) -> tuple[VerifierKey, ...]:
    """Those of `keys` that signed `note`, each once; signatures of other keys are passed over.

    Raises:
        SignatureError: a signature that claims to be by one of `keys` does not hold.
        ValueError: two different keys go by the same name and hash.
    """
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        if known.setdefault((key.name, key.key_hash), key) != key:
            raise ValueError(f"two keys go by {key.name}+{key.key_hash.hex()}")
    found: dict[VerifierKey, None] = {}
    for signature in note.signatures:
        signer = known.get((signature.name, signature.key_hash))
        if signer is None:
            continue
        if not signature_holds(note.text, signature, signer):
            raise SignatureError(f"the signature of {signer.name} does not hold")
        found[signer] = None
    return tuple(found)
