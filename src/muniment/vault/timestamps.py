"""Time stamps (RFC 3161) over checkpoints: a request goes out as a file, a token comes in as one.

    timestamps/<size, 12 digits>-<nonce>.json   {"format":"muniment-timestamp","nonce":…,"size":…}
    timestamps/<size, 12 digits>-<nonce>.tsq    TimeStampReq, DER
    timestamps/<size, 12 digits>-<nonce>.tsr    TimeStampResp, as the authority sent it

- What is stamped is SHA-256(text of the checkpoint ‖ nonce): who has the authority's log learns
  neither the root nor which published checkpoint it was.
- Nothing is sent anywhere: files are carried by people, when they decide that it is safe.
- A token is kept only if it is granted and for this request. That says nothing of the authority's
  signature, which `verify_token` checks, and `openssl ts -verify` beside it.
"""

import importlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec
from cryptography.x509 import load_pem_x509_certificate

from muniment.core import Digest, IntegrityError, PolicyError, UsageError, canonical_json, digest_of
from muniment.vault import der
from muniment.vault.checkpoint import read_checkpoint
from muniment.vault.durable import create_file
from muniment.vault.keys import Random

TOKEN_LIMIT = 1_000_000  # bytes; tokens have some thousand

_NONCE_SIZE = 16  # bytes
_SHA_256 = "2.16.840.1.101.3.4.2.1"
_SIGNED_DATA = "1.2.840.113549.1.7.2"  # RFC 5652 §5.1
_TST_INFO = "1.2.840.113549.1.9.16.1.4"  # RFC 3161 §2.4.2
_GRANTED = (0, 1)  # granted, granted with modifications, RFC 3161 §2.4.2
_GEN_TIME = re.compile(rb"([0-9]{14})(\.[0-9]*[1-9])?Z")
_HEX = re.compile(r"[0-9a-f]{32}", re.ASCII)


class Stamped(msgspec.Struct, frozen=True):
    """What is stamped: the checkpoint of `size` events, together with a nonce (16 bytes)."""

    size: int
    nonce: bytes

    def path(self, folder: Path, ending: str) -> Path:
        """The file with that ending (`.json`, `.tsq`, `.tsr`) in the journal's `folder`."""
        return folder / "timestamps" / f"{self.size:012d}-{self.nonce.hex()}{ending}"


class Token(msgspec.Struct, frozen=True):
    """What a token says: the time, to the second; the authority's policy; its serial number."""

    at: datetime
    policy: bytes  # DER content of the OBJECT IDENTIFIER
    serial: int


class _File(msgspec.Struct, forbid_unknown_fields=True):
    format: Literal["muniment-timestamp"]
    nonce: str
    size: int
    version: Literal[1]


def request_timestamp(folder: Path, size: int, random: Random) -> Stamped:
    """Write a request for the checkpoint of `size` events; `folder` is the journal's.

    `random` is the system's source of randomness.

    Raises:
        IntegrityError: there is no such checkpoint.
    """
    stamped = Stamped(size, random(_NONCE_SIZE))
    request = encode_request(imprint(folder, stamped))
    stated = {
        "format": "muniment-timestamp",
        "nonce": stamped.nonce.hex(),
        "size": size,
        "version": 1,
    }
    # The nonce first: a request without its nonce could never be matched again.
    create_file(stamped.path(folder, ".json"), canonical_json(stated))
    create_file(stamped.path(folder, ".tsq"), request)
    return stamped


def parse_request(untrusted: bytes) -> Stamped:
    """What the request with this `.json` is for.

    Raises:
        ValueError: the bytes are not those that `request_timestamp` writes.
    """
    try:
        file = msgspec.json.decode(untrusted, type=_File)
        canonical = canonical_json(msgspec.structs.asdict(file))
    except RecursionError as why:
        raise ValueError("nested too deeply") from why
    if canonical != untrusted or _HEX.fullmatch(file.nonce) is None or file.size < 0:
        raise ValueError("not the canonical JSON of a request")
    return Stamped(file.size, bytes.fromhex(file.nonce))


def message(folder: Path, stamped: Stamped) -> bytes:
    """The bytes that are stamped: the checkpoint's text and the nonce, end to end.

    Raises:
        IntegrityError: there is no such checkpoint.
    """
    return read_checkpoint(folder, stamped.size).text.encode() + stamped.nonce


def imprint(folder: Path, stamped: Stamped) -> Digest:
    """The SHA-256 of `message`."""
    return digest_of(message(folder, stamped))


def encode_request(stamped: Digest) -> bytes:
    """The TimeStampReq (RFC 3161 §2.4.1) for an imprint, asking for the authority's certificate."""
    algorithm = der.encode(der.SEQUENCE, der.encode_oid(_SHA_256), der.encode(der.NULL))
    return der.encode(
        der.SEQUENCE,
        der.encode_integer(1),
        der.encode(der.SEQUENCE, algorithm, der.encode(der.OCTETS, stamped.raw)),
        der.encode(der.BOOLEAN, b"\xff"),
    )


def import_token(folder: Path, stamped: Stamped, untrusted_token: bytes) -> Token:
    """Keep a token (TimeStampResp, DER) for a request; comes back with what it says.

    Raises:
        IntegrityError: it is no token, was not granted, or is for something else.
        UsageError: another token is kept for this request already.
    """
    try:
        token = read_token(untrusted_token, imprint(folder, stamped))
    except ValueError as why:
        raise IntegrityError(
            f"the token is not for the checkpoint of {stamped.size} events: {why}",
            next_step="Send the .tsq file again, and bring in the answer to that one.",
        ) from why
    path = stamped.path(folder, ".tsr")
    try:
        create_file(path, untrusted_token)
    except FileExistsError as why:
        if path.read_bytes() != untrusted_token:
            raise UsageError(
                f"another token is kept for this request: {path}",
                next_step="Make a new request for a second authority.",
            ) from why
    return token


def read_token(untrusted_token: bytes, expected: Digest) -> Token:
    """What a TimeStampResp says, where it was granted for `expected`; no signature is checked.

    Only the way to what is stamped is read, RFC 3161 §2.4.2 within RFC 5652 §5.1: certificates and
    signatures, which authorities do not all write in strict DER, are left to those who check them.

    Raises:
        ValueError: it is no such token.
    """
    if len(untrusted_token) > TOKEN_LIMIT:
        raise ValueError(f"a token has at most {TOKEN_LIMIT} bytes")
    response, rest = der.read(untrusted_token, der.SEQUENCE)
    status, signed = der.read(response, der.SEQUENCE)
    code, _ = der.read_integer(status)
    if code not in _GRANTED:
        raise ValueError(f"the authority refused it (status {code})")
    if rest != b"":
        raise ValueError("something follows the token")
    return _read_info(_signed_info(signed), expected)


def verify_token(token: bytes, stamped: bytes, roots: Sequence[bytes]) -> None:
    """Check the signature on a token over `stamped` (see `message`), trusting `roots` (PEM).

    Needs the extra `timestamps`.

    Raises:
        IntegrityError: the signature does not hold, or leads to none of `roots`.
        PolicyError: the library cannot read the token; that says nothing of the token.
        UsageError: the library is not installed, or `roots` holds no certificate.
    """
    try:
        # An optional dependency: only those who use time stamps need it.
        library = importlib.import_module("rfc3161_client")
    except ImportError as why:
        raise UsageError(
            "time stamps are checked with rfc3161-client, which is not installed",
            next_step="Run pip install 'muniment[timestamps]', or use openssl ts -verify.",
        ) from why
    try:
        builder = library.VerifierBuilder()
        for root in roots:
            builder = builder.add_root_certificate(load_pem_x509_certificate(root))
        verifier = builder.build()
    except ValueError as why:
        raise UsageError(
            f"the authority's root certificate cannot be read: {why}",
            next_step="Give its certificate in PEM.",
        ) from why
    try:
        response = library.decode_timestamp_response(token)
    except ValueError as why:
        raise PolicyError(
            f"the token is not in strict DER, which the library demands: {why}",
            next_step="Check it with openssl ts -verify, which is less strict.",
        ) from why
    try:
        verifier.verify_message(response, stamped)
    except (library.VerificationError, ValueError) as why:
        raise IntegrityError(
            f"the time stamp does not hold: {why}",
            next_step="Check it with openssl ts -verify, and ask the authority.",
        ) from why


def _signed_info(content_info: bytes) -> bytes:
    """The TSTInfo that a ContentInfo holds."""
    content, _ = der.read(content_info, der.SEQUENCE)
    signed, _ = der.read(_after(content, _SIGNED_DATA), der.EXPLICIT_0)
    data, _ = der.read(signed, der.SEQUENCE)
    _, data = der.read_integer(data)
    _, data = der.read(data, der.SET)
    encapsulated, _ = der.read(data, der.SEQUENCE)
    octets, _ = der.read(_after(encapsulated, _TST_INFO), der.EXPLICIT_0)
    info, _ = der.read(octets, der.OCTETS)
    return info


def _read_info(info: bytes, expected: Digest) -> Token:
    data, rest = der.read(info, der.SEQUENCE)
    version, data = der.read_integer(data)
    if version != 1 or rest != b"":
        raise ValueError("it is not of version 1")
    policy, data = der.read(data, der.OID)
    hashed, data = der.read(data, der.SEQUENCE)
    algorithm, hashed = der.read(hashed, der.SEQUENCE)
    if _after(algorithm, _SHA_256) not in (b"", der.encode(der.NULL)):
        raise ValueError("it is not over a SHA-256")
    if der.read(hashed, der.OCTETS) != (expected.raw, b""):
        raise ValueError("it stamps something else")
    serial, data = der.read_integer(data)
    written, _ = der.read(data, der.TIME)
    return Token(_gen_time(written), policy, serial)


def _after(data: bytes, dotted: str) -> bytes:
    """What follows the OBJECT IDENTIFIER that `data` must begin with."""
    wanted = der.encode_oid(dotted)
    if not data.startswith(wanted):
        raise ValueError(f"it is no {dotted}")
    return data[len(wanted) :]


def _gen_time(written: bytes) -> datetime:
    """RFC 3161 §2.4.2: GeneralizedTime in UTC, fractions without trailing zeros."""
    parts = _GEN_TIME.fullmatch(written)
    if parts is None:
        raise ValueError("its time is not written as RFC 3161 demands")
    return datetime.strptime(parts[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
