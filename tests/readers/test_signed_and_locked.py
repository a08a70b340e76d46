"""Signed, encrypted and keyed: what can be read is, and for whom the rest is locked is stated."""

import base64
import datetime as dt
import io
import struct
import zlib
from pathlib import Path
from typing import ClassVar

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from muniment.catalog.next_steps import STEPS, UNLOCK, step_for_state
from muniment.core import Child, Field, Metadata, Part, Relation, State, TextSpan
from muniment.readers.certificate import CERTIFICATE, DER_KEY
from muniment.readers.cms_message import CMS_MESSAGE
from muniment.readers.der_elements import element_at, octets_of, oid_of
from muniment.readers.pdf_security import reason_of
from muniment.readers.pem_file import PEM_FILE
from muniment.readers.pgp_message import PGP_MESSAGE
from muniment.readers.pgp_packets import packets_of
from muniment.readers.rights_managed import RIGHTS_MANAGED
from tests.readers.contract import ReaderContract, RefusalContract, codes, read_bytes
from tests.readers.trove import trove

_KEY = ec.derive_private_key(7, ec.SECP256R1())
_NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nobody"),
                   x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Никто")])  # fmt: skip
_CERTIFICATE = (
    x509.CertificateBuilder()
    .subject_name(_NAME)
    .issuer_name(_NAME)
    .public_key(_KEY.public_key())
    .serial_number(0xABC)
    .not_valid_before(dt.datetime(2018, 5, 23, tzinfo=dt.UTC))
    .not_valid_after(dt.datetime(2028, 5, 23, tzinfo=dt.UTC))
    .sign(_KEY, hashes.SHA256())
)
_DER = _CERTIFICATE.public_bytes(serialization.Encoding.DER)
_PEM = _CERTIFICATE.public_bytes(serialization.Encoding.PEM)
_SIGNER = pkcs7.PKCS7SignatureBuilder().set_data(b"What was signed.\r\n")
_SIGNED = _SIGNER.add_signer(_CERTIFICATE, _KEY, hashes.SHA256()).sign(
    serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary]
)
_KEY_DER = ed25519.Ed25519PrivateKey.from_private_bytes(b"7" * 32).private_bytes(
    serialization.Encoding.DER,
    serialization.PrivateFormat.PKCS8,
    serialization.NoEncryption(),
)


def der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes(4, "big")
    return bytes([tag, 0x84]) + size + body


_NAME_DER = _NAME.public_bytes()
_RECIPIENT = der(0x30, der(2, b"\0"), der(0x30, _NAME_DER, der(2, b"\x0a\xbc")),
                 der(0x30, der(6, b"\x2a\x86\x48")), der(4, b"key"))  # fmt: skip
_INNER = der(0x30, der(6, bytes.fromhex("2a864886f70d010701")),
             der(0x30, der(6, bytes.fromhex("608648016503040102"))), b"\x80\x03abc")  # fmt: skip
_ENVELOPED = der(0x30, der(6, bytes.fromhex("2a864886f70d010703")),
                 der(0xA0, der(0x30, der(2, b"\0"), der(0x31, _RECIPIENT), _INNER)))  # fmt: skip


def packet(sort: int, body: bytes) -> bytes:
    return bytes([0xC0 | sort, 255]) + struct.pack(">I", len(body)) + body


def armoured(kind: str, data: bytes) -> bytes:
    text = base64.encodebytes(data).decode()
    begin, end = (f"-----{edge} PGP {kind}-----\n" for edge in ("BEGIN", "END"))
    return f"{begin}Version: 1\n\n{text}=abcd\n{end}".encode()


_LITERAL = packet(11, b"b\x05a.txt\x5b\x05\x40\x00" + b"inside")
_COMPRESSED = packet(8, b"\x02" + zlib.compress(_LITERAL))
_FOR = packet(1, b"\x03" + bytes.fromhex("0123456789abcdef") + b"\x01" + b"\0" * 20)
_LOCKED = _FOR + packet(18, b"\x01" + b"x" * 40)
_PUBLIC = packet(6, b"\x04\x5b\x05\x40\x00\x01" + b"\x00\x08\xff" * 4) + packet(
    13, b"Nobody <n@example.org>"
)
_SIGNATURE = packet(2, b"\x04\x01\x01\x08\x00\x06\x05\x02\x5b\x05\x40\x00\x00\x0a\x09\x10"
                    + bytes.fromhex("0123456789abcdef") + b"\0" * 8)  # fmt: skip
_CLEARTEXT = (
    b"before\n\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nI said this.\n\nTwice.\n"
    + armoured("SIGNATURE", _SIGNATURE)
)


def texts(parts: list[Part]) -> list[str]:
    return [part.text for part in parts if isinstance(part, TextSpan)]


class TestCms(ReaderContract):
    reader = CMS_MESSAGE
    samples: ClassVar = {"signed": _SIGNED}


class TestCertificate(ReaderContract):
    reader = CERTIFICATE
    samples: ClassVar = {"a certificate": _DER}


class TestPem(ReaderContract):
    reader = PEM_FILE
    samples: ClassVar = {"two certificates": b"subject=Nobody\n" + _PEM + b"\n" + _PEM}


class TestPgp(ReaderContract):
    reader = PGP_MESSAGE
    samples: ClassVar = {
        "a key in armour": armoured("PUBLIC KEY BLOCK", _PUBLIC),
        "compressed text in armour": armoured("MESSAGE", _COMPRESSED),
        "signed text": b"\n" + _CLEARTEXT[8:],
    }


class TestKey(ReaderContract):
    reader = DER_KEY
    samples: ClassVar = {"private": _KEY_DER}


class TestRightsManaged(RefusalContract):
    reader = RIGHTS_MANAGED
    state = State.LOCKED
    samples: ClassVar = {"a message": bytes.fromhex("76e80460c411e386") + bytes(range(200))}


def test_the_readers_of_locked_things_are_registered(tmp_path: Path) -> None:
    data = bytes.fromhex("76e80460c411e386") + b"x" * 40
    reading, _, _ = read_bytes(data, tmp_path)
    assert (reading.reader, reading.state) == (RIGHTS_MANAGED.name, State.LOCKED)


def test_what_was_signed_comes_out_byte_for_byte(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(_SIGNED, tmp_path)
    signed, certificate = [part for part in parts if isinstance(part, Child)]
    assert (scratch / signed.digest.hex).read_bytes() == b"What was signed.\r\n"
    assert (scratch / certificate.digest.hex).read_bytes() == _DER
    signer = next(p for p in parts if isinstance(p, Metadata) and p.name == "signer")
    assert signer.written == "CN=Nobody, O=Никто; serial number 0abc"


def test_enveloped_data_is_locked_and_says_for_whom(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(_ENVELOPED, tmp_path)
    assert reading.state is State.LOCKED
    recipient = next(p for p in parts if isinstance(p, Metadata) and p.name == "recipient")
    assert recipient.written == "CN=Nobody, O=Никто; serial number 0abc"


def test_a_certificate_says_whose_it_is(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_DER, tmp_path)
    assert texts(parts)[0] == "O=Никто,CN=Nobody"
    assert Metadata(Field("serial number"), "serial number", "abc") in parts


def test_of_a_private_key_only_its_kind_is_said(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(_KEY_DER, tmp_path)
    assert reading.reader == DER_KEY.name
    assert [p.written for p in parts if isinstance(p, Metadata)] == [
        "Ed25519PrivateKey",
        "here, and not shown",
    ]


def test_the_blocks_of_pem_are_the_bytes_they_stand_for(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(b"subject=Nobody\n" + _PEM, tmp_path)
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert (scratch / child.digest.hex).read_bytes() == _DER
    assert texts(parts) == ["subject=Nobody"]


def test_an_encrypted_block_of_pem_is_told(tmp_path: Path) -> None:
    block = b"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: A,B\n\nQUJD\n"
    _, parts, _ = read_bytes(block + b"-----END RSA PRIVATE KEY-----\n", tmp_path)
    assert codes(parts)[0] == "locked-inside"


@pytest.mark.parametrize("data", [_LOCKED, armoured("MESSAGE", _LOCKED)])
def test_an_encrypted_message_says_for_which_key(data: bytes, tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(data, tmp_path)
    assert reading.state is State.LOCKED
    name = "encrypted for key"
    assert Metadata(Field(name), name, "0123456789abcdef") in parts


def test_literal_data_comes_out_under_its_name(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(armoured("MESSAGE", _COMPRESSED), tmp_path)
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert (child.name, child.relation) == ("a.txt", Relation.MEMBER)
    assert (scratch / child.digest.hex).read_bytes() == b"inside"


def test_signed_text_is_read_where_it_stands(tmp_path: Path) -> None:
    data = _CLEARTEXT[8:]
    _, parts, _ = read_bytes(data, tmp_path)
    spans = [part for part in parts if isinstance(part, TextSpan)]
    assert [span.text for span in spans] == ["I said this.", "Twice."]
    assert all(data.decode()[s.at.start : s.at.end] == s.text for s in spans)  # type: ignore[union-attr]
    signature = next(p for p in parts if isinstance(p, Metadata) and p.name == "signature")
    assert "by key 0123456789abcdef" in signature.written


def test_a_public_key_says_whose_it_is(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(armoured("PUBLIC KEY BLOCK", _PUBLIC), tmp_path)
    assert texts(parts) == ["Nobody <n@example.org>"]
    key = next(p for p in parts if isinstance(p, Metadata) and p.name == "public key")
    assert "fingerprint" in key.written


@given(st.binary(max_size=300))
def test_elements_never_reach_outside_of_what_they_stand_in(data: bytes) -> None:
    for start in (b"", b"\x30\x80", b"\x30\x82\x01\x00"):
        try:
            element = element_at(start + data)
            pieces = octets_of(element)
        except ValueError:
            continue
        assert element.after <= len(start + data)
        assert sum(map(len, pieces)) <= len(start + data)
        oid_of(element)


@given(st.binary(max_size=300))
def test_packets_end(data: bytes) -> None:
    assert sum(len(item.body) for item in packets_of(b"\xc1" + data)) <= 2 * len(data) + 2


def test_a_key_is_noted_and_none_of_its_bytes_come_out(tmp_path: Path) -> None:
    secret = b"7" * 32
    reading, parts, _ = read_bytes(_KEY_DER, tmp_path)
    assert reading.state is State.READ
    assert codes(parts) == ["private-key"]
    key = ed25519.Ed25519PrivateKey.from_private_bytes(secret)
    ssh = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.OpenSSH,
        serialization.NoEncryption(),
    )
    _, _, scratch = read_bytes(ssh, tmp_path)
    (child,) = scratch.iterdir()
    reading, of_ssh, _ = read_bytes(child.read_bytes(), tmp_path)
    assert reading.state is State.READ
    assert Metadata(Field("kind"), "kind", "ssh-ed25519") in of_ssh
    assert codes(of_ssh) == ["private-key"]
    for shown in (repr(parts), repr(of_ssh)):
        assert secret.decode() not in shown
        assert base64.b64encode(secret)[:20].decode() not in shown
        assert secret.hex() not in shown


def test_a_key_of_openssh_with_a_password_is_locked(tmp_path: Path) -> None:
    fields = (b"aes256-ctr", b"bcrypt", b"salt")
    data = b"openssh-key-v1\0" + b"".join(struct.pack(">I", len(f)) + f for f in fields)
    blob = struct.pack(">I", 11) + b"ssh-ed25519"
    data += struct.pack(">II", 1, len(blob)) + blob + bytes(80)
    assert read_bytes(data, tmp_path)[0].state is State.LOCKED


def test_a_public_key_is_no_trouble(tmp_path: Path) -> None:
    public = _KEY.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    reading, parts, _ = read_bytes(public, tmp_path)
    assert (reading.state, codes(parts)) == (State.READ, [])


SEALED = {
    b"/MSIRMSvc": "rights management (MSIRMSvc)",
    b"/Adobe.Pu": "rights management (Adobe.Pu)",
}


@pytest.mark.parametrize("handler", SEALED)
def test_a_pdf_that_no_password_opens_is_locked_and_says_by_whom(
    handler: bytes, tmp_path: Path
) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    written = io.BytesIO()
    pdf.save(
        written,
        encryption=pikepdf.Encryption(owner="o", user="u", R=4),
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    data = written.getvalue().replace(b"/Standard", handler)
    reading, _, _ = read_bytes(data, tmp_path)
    assert reading.state is State.LOCKED
    assert SEALED[handler] in reading.reason
    assert step_for_state(reading.state, reading.reason) == STEPS["licence-needed"]


def test_a_handler_of_certificates_asks_their_holder() -> None:
    reason = reason_of(b"7 0 obj <</Filter/Adobe.PubSec/V 4>> endobj trailer <</Encrypt 7 0 R>>")
    assert "holder of a certificate" in reason
    assert step_for_state(State.LOCKED, reason) != STEPS["licence-needed"]
    assert step_for_state(State.LOCKED, reason) != UNLOCK


def test_pages_of_2009_with_a_password_are_locked(tmp_path: Path) -> None:
    data = Path(trove("testPagesPwdProtected.pages")).read_bytes()
    reading, _, _ = read_bytes(data, tmp_path)
    assert (reading.state, reading.media_type) == (State.LOCKED, "application/vnd.apple.iwork")
    assert "its password" in step_for_state(reading.state, reading.reason)


@pytest.mark.parametrize("part", ["styles", "settings", "meta"])
def test_a_part_of_an_open_document_alone_says_what_it_is(part: str, tmp_path: Path) -> None:
    space = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    data = f'<?xml version="1.0"?><office:document-{part} {space}><x>y</x></office:document-{part}>'
    reading, parts, _ = read_bytes(data.encode(), tmp_path)
    assert (reading.state, reading.media_type) == (State.READ, "application/xml")
    written = f"{part} of an OpenDocument file, outside of its package"
    assert Metadata(Field("part"), "part", written) in parts
