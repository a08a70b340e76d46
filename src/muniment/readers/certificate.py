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
from muniment.readers.der_elements import INTEGER, SEQUENCE, element_at, oid_of
from muniment.readers.reader import Context, Reader
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import LockedError, RefusedError, UnreadableError
from muniment.readers.source import Source

_LARGEST = 1 << 20
_SSH = b"openssh-key-v1\0"
_LONGEST_KIND = 60
_PBES = ("1.2.840.113549.1.5.", "1.2.840.113549.1.12.1.")
_ALTERNATIVE_NAMES = x509.SubjectAlternativeName
_UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm, OverflowError)


def read_certificate(source: Source, _context: Context) -> Iterator[Part]:
    """What a certificate or key says."""
    if source.size > _LARGEST:
        raise RefusedError(f"an object of more than {_LARGEST} bytes")
    data = source.read_all()
    if data.startswith(_SSH):
        yield from _ssh_key(data)
        return
    kind = _kind(data)
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
    at = len(_SSH)
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


def _kind(head: bytes) -> str:
    """What a DER element is by how it begins; empty where it is nothing that is read here."""
    try:
        whole = element_at(head)
        parts = whole.children()
        if whole.tag != SEQUENCE or len(parts) < 2 or whole.after != len(head):  # noqa: PLR2004
            return ""
        first = parts[0].children() if parts[0].tag == SEQUENCE else []
        if len(parts) == 3 and len(first) > 5:  # noqa: PLR2004 - tbsCertificate has six parts or more
            return "certificate"
        if len(first) > 0 and oid_of(first[0]).startswith(_PBES):
            return "encrypted key"
        is_public = len(first) > 0 and oid_of(first[0]) != "" and parts[1].tag == 0x03  # noqa: PLR2004 - a bit string
        is_private = parts[0].tag == INTEGER and parts[0].value in (b"\0", b"\1") and len(parts) > 2  # noqa: PLR2004
    except ValueError:
        return ""
    return "key" if is_public or is_private else ""


def _is_certificate(head: bytes) -> bool:
    return head[:1] == b"\x30" and _kind(head) == "certificate"


def _is_key(head: bytes) -> bool:
    is_der = head[:1] == b"\x30" and _kind(head) in ("key", "encrypted key")
    return is_der or head.startswith(_SSH)


CERTIFICATE = Reader(
    name="certificate",
    version=1,
    media_types=("application/pkix-cert",),
    read=read_certificate,
    recognises=_is_certificate,
)
DER_KEY = Reader(
    name="key",
    version=2,
    media_types=("application/pkcs8",),
    read=read_certificate,
    recognises=_is_key,
)
