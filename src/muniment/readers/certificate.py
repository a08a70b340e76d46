"""X.509 certificates and keys in DER: what they say of themselves.

- Names are text; numbers, dates and sizes are Metadata. Of a key only what kind it is; that a
  private one lies in the file is trouble, and what it is made of comes out nowhere.
- An encrypted private key is locked.
"""

import warnings
from collections.abc import Iterator

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_der_public_key

from muniment.core import Field, Metadata, Part, Problem, Tally, TextSpan, Whole
from muniment.readers.certificate_signs import SSH, is_certificate, is_key, kind_of
from muniment.readers.reader import Context, Reader
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import LockedError, RefusedError, UnreadableError
from muniment.readers.source import Source

_LARGEST = 1 << 20
_LONGEST_KIND = 60
_ALTERNATIVE_NAMES = x509.SubjectAlternativeName
_UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm, OverflowError)


def read_certificate(source: Source, _context: Context) -> Iterator[Part]:
    """What a certificate or key says."""
    if source.size > _LARGEST:
        raise RefusedError(f"an object of more than {_LARGEST} bytes")
    data = source.read_all()
    if data.startswith(SSH):
        yield from _ssh_key(data)
        return
    kind = kind_of(data)
    if kind == "encrypted key":
        raise LockedError("a private key that a password encrypts")
    try:
        with warnings.catch_warnings():
            # What the library finds odd in a certificate is a warning; nothing rests on it here.
            warnings.simplefilter("ignore")
            parts = list(_read(data, kind))
    except _UNREADABLE as why:
        raise UnreadableError(f"its ASN.1 is no certificate or key ({said_of(why)})") from why
    yield from parts


def _read(data: bytes, kind: str) -> Iterator[Part]:
    if kind == "certificate":
        yield from _certificate(x509.load_der_x509_certificate(data))
    else:
        yield from _key(data)


def _certificate(certificate: x509.Certificate) -> Iterator[Part]:
    yield TextSpan(Field("subject"), certificate.subject.rfc4514_string())
    yield TextSpan(Field("issuer"), certificate.issuer.rfc4514_string())
    stated = {
        "serial number": f"{certificate.serial_number:x}",
        "not before": certificate.not_valid_before_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "not after": certificate.not_valid_after_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "signature algorithm": certificate.signature_algorithm_oid.dotted_string,
    }
    for name, written in stated.items():
        yield Metadata(Field(name), name, written)
    try:
        names = certificate.extensions.get_extension_for_class(_ALTERNATIVE_NAMES).value
    except (x509.ExtensionNotFound, *_UNREADABLE):
        return
    for number, name in enumerate(names, start=1):
        yield TextSpan(Field("alternative name", number), str(name.value))


def _key(data: bytes) -> Iterator[Part]:
    private = True
    try:
        key: object = load_der_private_key(data, None)
    except _UNREADABLE:
        private = False
        key = load_der_public_key(data)
    yield from _held(type(key).__name__.lstrip("_"), private=private)
    size = getattr(key, "key_size", None)
    if isinstance(size, int):
        yield Metadata(Field("bits"), "bits", str(size))


def _held(kind: str, *, private: bool) -> Iterator[Part]:
    yield Tally(Whole(), "keys", 1)
    yield Metadata(Field("kind"), "kind", kind)
    if private:
        yield Metadata(Field("private key"), "private key", "here, and not shown")
        message = "a private key lies here without a password: who has it signs as its owner"
        yield Problem(Whole(), "private-key", message)


def _ssh_key(data: bytes) -> Iterator[Part]:
    """A key as OpenSSH writes it: cipher, derivation and its options, then the public half.

    Source: openssh-portable, PROTOCOL.key.
    """
    fields: list[bytes] = []
    at = len(SSH)
    while len(fields) < 3 and at + 4 <= len(data):  # noqa: PLR2004 - before the number of keys
        length = int.from_bytes(data[at : at + 4], "big")
        fields.append(data[at + 4 : at + 4 + length])
        at += 4 + length
    at += 8  # the number of keys, and the length of the first one's public half
    length = int.from_bytes(data[at : at + 4], "big")
    kind = data[at + 4 : at + 4 + min(length, _LONGEST_KIND)].decode("ascii", "replace")
    if len(fields) < 3 or not kind.isprintable() or kind == "":  # noqa: PLR2004 - as above
        raise UnreadableError("an OpenSSH key that breaks off")
    if fields[0] != b"none":
        raise LockedError("a private key that a password encrypts")
    yield from _held(kind, private=True)


CERTIFICATE = Reader(
    name="certificate",
    version=1,
    media_types=("application/pkix-cert",),
    read=read_certificate,
    recognises=is_certificate,
    begins=b"0",
)
DER_KEY = Reader(
    name="key",
    version=2,
    media_types=("application/pkcs8",),
    read=read_certificate,
    recognises=is_key,
    begins=b"0|openssh-key-v1",
)
