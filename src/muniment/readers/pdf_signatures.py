"""Digital signatures in a PDF as the file states them: who, when, why, and over which bytes.

- The signer's name is that in the certificate inside the signature; whether the signature is
  valid, and the certificate trusted, is not looked at here.

Source: ISO 32000-1 §12.8; RFC 5652 (CMS).
"""

from collections.abc import Iterator

import pikepdf

from muniment.core import Metadata, Part, Place
from muniment.readers.pdf_objects import numbers, text_in

_STATED = (
    ("filter", "/Filter"),
    ("kind", "/SubFilter"),
    ("name", "/Name"),
    ("time", "/M"),
    ("reason", "/Reason"),
    ("place", "/Location"),
    ("contact", "/ContactInfo"),
)
_LARGEST = 1 << 20


def signature_of(value: pikepdf.Dictionary, name: str, at: Place, size: int) -> Iterator[Part]:
    """What a signature's dictionary and certificate state; `size` is that of the whole file."""
    yield Metadata(at, "signature", name)
    for label, key in _STATED:
        written = text_in(value.get(key))
        if written != "":
            yield Metadata(at, f"signature {label}", written)
    signer = _signer(value.get("/Contents"))
    if signer != "":
        yield Metadata(at, "signature certificate", signer)
    yield Metadata(at, "signature covers", _covers(value.get("/ByteRange"), size))


def _covers(found: object, size: int) -> str:
    stretches = numbers(found, 4)
    if stretches is None:
        return "bytes that it does not name"
    first, length, second, rest = map(int, stretches)
    if first == 0 and 0 < length < second and second + rest == size:
        return "the whole file"
    return f"bytes {first}-{first + length} and {second}-{second + rest} of {size}"


def _signer(contents: object) -> str:
    """The subject of the certificate that no other one was issued by."""
    # Heavy: only a signed document needs it.
    from cryptography.hazmat.primitives.serialization import pkcs7  # noqa: PLC0415 - see above

    if not isinstance(contents, pikepdf.String):
        return ""
    data = _trimmed(bytes(contents)[:_LARGEST])
    try:
        certificates = pkcs7.load_der_pkcs7_certificates(data)
        issuers = {one.issuer for one in certificates if one.issuer != one.subject}
        leaves = [one for one in certificates if one.subject not in issuers]
        subject = (leaves or certificates)[0].subject.rfc4514_string()
    # What a damaged or foreign certificate raises is not bounded by its documentation.
    except Exception:  # noqa: BLE001 - see above
        return ""
    return subject


def _trimmed(data: bytes) -> bytes:
    """The DER value without the zeros that fill its room (X.690 §8.1.3)."""
    if len(data) < 2:  # noqa: PLR2004 - X.690: tag, length, long form
        return data
    if data[1] < 0x80:  # noqa: PLR2004 - X.690: tag, length, long form
        return data[: 2 + data[1]]
    count = data[1] & 0x7F
    return data[: 2 + count + int.from_bytes(data[2 : 2 + count], "big")]
