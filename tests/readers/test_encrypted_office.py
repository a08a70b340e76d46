"""Encrypted Office documents: opened with a key, and told apart from what no password opens."""

import hashlib
import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar
from unittest.mock import patch

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from muniment.core import (
    Child,
    Metadata,
    Part,
    Problem,
    Reading,
    Relation,
    Secret,
    State,
    Tally,
    digest_of,
)
from muniment.readers import READERS, Desk, Request, read_parts, read_with_keys
from muniment.readers.encrypted_office import ENCRYPTED_OFFICE
from muniment.simulate import office_lock
from muniment.simulate.compound import compound_file
from tests.readers.contract import LIMITS, ReaderContract, codes, kinds, read_bytes

TIKA = Path(__file__).parents[3] / "shared" / "data" / "trove" / "tika"
_DEFAULT = "VelvetSweatshop"


def package() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(zipfile.ZipInfo("note.txt"), "nobody was here\n" * 40)
    return out.getvalue()


def agile(password: str, rounds: int = 1_000) -> bytes:
    """As Excel writes it, with fewer rounds: the tests of the contract read it a hundred times."""
    with patch.object(office_lock, "_ROUNDS", rounds):
        return office_lock.lock_office(package(), password, random.Random(5))


def sha1(data: bytes) -> "hashlib._Hash":
    return hashlib.sha1(data, usedforsecurity=False)


def standard(password: str) -> bytes:
    """[MS-OFFCRYPTO] §2.3.4.5 to §2.3.4.9: AES-128 in ECB, SHA-1, 50,000 rounds."""
    salt, verifier = bytes(range(16)), bytes(range(100, 116))
    spun = sha1(salt + password.encode("utf-16-le")).digest()
    for number in range(50_000):
        spun = sha1(struct.pack("<I", number) + spun).digest()
    final = sha1(spun + bytes(4)).digest()
    key = sha1(bytes(a ^ 0x36 for a in final.ljust(64, b"\0"))).digest()[:16]

    def hidden(data: bytes) -> bytes:
        cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - the format's
        return cipher.update(data + bytes(-len(data) % 16))

    name = "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + name
    information = struct.pack("<HHII", 4, 2, 0x24, len(header)) + header
    information += struct.pack("<I", 16) + salt + hidden(verifier)
    information += struct.pack("<I", 20) + hidden(sha1(verifier).digest())
    body = struct.pack("<Q", len(package())) + hidden(package())
    return compound_file({"EncryptionInfo": information, "EncryptedPackage": body})


def read_with(
    data: bytes, folder: Path, *passwords: str
) -> tuple[Reading, tuple[int, ...], list[Part]]:
    scratch = folder / f"scratch-{len(list(folder.iterdir()))}"
    scratch.mkdir()
    (folder / "object").write_bytes(data)
    keys = tuple(map(Secret, passwords))
    request = Request(str(folder / "object"), digest_of(data), keys=keys)
    reading, used = read_with_keys(request, Desk(READERS, LIMITS, str(scratch)), str(folder / "p"))
    return reading, used, list(read_parts(str(folder / "p")))


class TestEncryptedOffice(ReaderContract):
    reader = ENCRYPTED_OFFICE
    samples: ClassVar = {"agile": agile(_DEFAULT), "standard": standard(_DEFAULT)}


@pytest.mark.parametrize("lock", [agile, standard])
def test_the_key_that_opens_gives_the_document_byte_for_byte(
    lock: Callable[[str], bytes], tmp_path: Path
) -> None:
    reading, used, parts = read_with(lock("Xugu 密码"), tmp_path, "no", "Xugu 密码", "neither")
    (child,) = kinds(parts, Child)
    assert (child.digest, child.relation) == (digest_of(package()), Relation.DECRYPTED)
    assert reading.state is State.READ
    assert used == (1,)


def test_which_key_opened_it_is_not_in_what_was_read(tmp_path: Path) -> None:
    alone, _, parts = read_with(agile("right"), tmp_path, "right")
    among, used, again = read_with(agile("right"), tmp_path, "wrong", "right")
    assert used == (1,)
    assert (alone, parts) == (among, again)


def test_without_its_key_it_is_locked_and_says_how(tmp_path: Path) -> None:
    reading, used, parts = read_with(agile("right", 100_000), tmp_path, "wrong", "", "\udc80")
    assert (reading.state, used) == (State.LOCKED, ())
    assert (reading.announced, reading.failed) == (1, 1)
    assert [part.written for part in kinds(parts, Metadata)] == [
        "ECMA-376 agile, AES-256, SHA512, 100000 rounds"
    ]


def test_the_default_password_is_protection_and_not_secrecy(tmp_path: Path) -> None:
    reading, used, parts = read_with(agile(_DEFAULT), tmp_path, "other")
    assert (reading.state, used) == (State.READ, ())
    assert "protection" in {part.name for part in kinds(parts, Metadata)}


def test_a_changed_document_comes_out_with_a_problem(tmp_path: Path) -> None:
    data = agile(_DEFAULT)
    at = data.index(struct.pack("<Q", len(package()))) + 8 + 64
    _, parts, _ = read_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :], tmp_path)
    assert codes(parts) == ["integrity-mismatch"]
    assert len(kinds(parts, Child)) == 1


NOT_BY_PASSWORD = {
    "rights management": ({"EncryptedPackage": bytes(64)}, "licence-needed"),
    "rights management of an old document": (
        {"\tDRMContent": bytes(64), "WordDocument": bytes(64)},
        "licence-needed",
    ),
    "another maker's method": (
        {"EncryptedPackage": bytes(64), "EncryptionInfo": struct.pack("<HHII", 4, 3, 0x10, 0)},
        "unknown-encryption",
    ),
}


@pytest.mark.parametrize("what", NOT_BY_PASSWORD)
def test_what_no_password_opens_is_told_apart(what: str, tmp_path: Path) -> None:
    streams, code = NOT_BY_PASSWORD[what]
    reading, parts, _ = read_bytes(compound_file(streams), tmp_path)
    assert reading.state is State.LOCKED
    assert codes(parts) == [code]


def information(xml: str) -> bytes:
    body = struct.pack("<HHI", 4, 4, 0x40) + xml.encode()
    return compound_file({"EncryptedPackage": bytes(64), "EncryptionInfo": body})


HOSTILE = {
    "entities that unfold": information('<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'),
    "no XML": information("<encryption"),
    "XML of something else": information("<encryption/>"),
    "nothing": compound_file({"EncryptedPackage": b"", "EncryptionInfo": b""}),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_scheme_is_unreadable(what: str, tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(HOSTILE[what], tmp_path)
    assert reading.state is State.UNREADABLE
    assert codes(parts) == ["unreadable"]


def test_more_rounds_than_anybody_tries_are_refused(tmp_path: Path) -> None:
    data = agile("right", 100_000).replace(b'spinCount="100000"', b'spinCount="9000000"')
    # One letter more: the padding of the stream is taken from the blank behind the declaration.
    data = data.replace(b'standalone="yes"?>\r\n', b'standalone="yes"?>\n')
    reading, _, _ = read_bytes(data, tmp_path)
    assert reading.state is State.REFUSED


@pytest.mark.skipif(not TIKA.is_dir(), reason="the collection of real files is not here")
@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("testPPT_protected_passtika.pptx", "tika"),
        ("testWORD_protected_passtika.docx", "tika"),
        ("testEXCEL_protected_passtika.xlsx", "tika"),
        ("testEXCEL_protected_passtika_2.xlsx", "tika"),
        ("protect.xlsx", ""),
    ],
)
def test_real_documents_are_opened(name: str, password: str, tmp_path: Path) -> None:
    reading, _, parts = read_with((TIKA / name).read_bytes(), tmp_path, "wrong", password)
    assert reading.state is State.READ
    assert len(kinds(parts, Child)) == 1
    assert kinds(parts, Problem) == []
    assert [tally.announced for tally in kinds(parts, Tally)] == [1]


@pytest.mark.skipif(not TIKA.is_dir(), reason="the collection of real files is not here")
@pytest.mark.parametrize("name", ["protected_normal_case.docx", "protected_upper_case.docx"])
def test_names_in_the_directory_are_compared_without_case(name: str, tmp_path: Path) -> None:
    reading, _, _ = read_with((TIKA / "casing" / name).read_bytes(), tmp_path)
    assert reading.state is State.LOCKED
