"""Opens the simulated containers with the standard library and two outside programs, for tests.

Nothing of `muniment` is imported here, so that the truth is checked from outside.
"""

import email
import email.message
import email.policy
import gzip
import io
import mailbox
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msoffcrypto
import pyzipper

Child = tuple[bytes, int, bytes]  # raw name, index, content

_CRLF = email.policy.compat32.clone(linesep="\r\n", max_line_length=None)


def children(line: dict[str, Any], data: bytes) -> Iterator[Child]:
    """The files inside a file, as the truth counts them: raw name, index from 0, bytes."""
    if line["state"] == "refused" and "zip bomb" not in line.get("remark", ""):
        return
    media_type = line["media_type"]
    if line.get("password") and media_type != "application/pdf":
        yield from _locked(line, data)
    elif media_type == "application/zip":
        yield from _zip(data)
    elif media_type.endswith("spreadsheetml.sheet") and line["state"] == "read":
        yield from _pictures(data)
    elif media_type == "application/gzip":
        yield "备份.tar".encode(), 0, gzip.decompress(data)
    elif media_type == "application/x-tar":
        yield from _tar(data)
    elif media_type == "message/rfc822":
        yield from _mail(data)
    elif media_type == "application/mbox":
        yield from _mbox(data)


def _zip(data: bytes) -> Iterator[Child]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        for index, entry in enumerate(opened.infolist()):
            utf8 = entry.flag_bits & 0x800
            raw = entry.orig_filename.encode("utf-8" if utf8 else "cp437")
            try:
                yield raw, index, opened.read(entry)
            except zipfile.BadZipFile:  # a wrong CRC: take the bytes without the check
                entry.CRC = None  # type: ignore[assignment]
                with opened.open(entry) as member:
                    member._expected_crc = None  # type: ignore[attr-defined]
                    yield raw, index, member.read()


def _pictures(data: bytes) -> Iterator[Child]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        names = [name for name in opened.namelist() if name.startswith("xl/media/")]
        for name in names:
            number = int("".join(filter(str.isdigit, name)))
            yield name.encode(), number - 1, opened.read(name)


def _tar(data: bytes) -> Iterator[Child]:
    with tarfile.open(fileobj=io.BytesIO(data)) as opened:
        for index, entry in enumerate(opened.getmembers()):
            content = opened.extractfile(entry)
            assert content is not None
            yield entry.name.encode(), index, content.read()


def _mail(data: bytes) -> Iterator[Child]:
    message = email.message_from_bytes(data)
    attached = [part for part in message.walk() if part.get_content_disposition() == "attachment"]
    # A message inside a message is one attachment: what lies inside it belongs to it alone.
    for index, part in enumerate(attached):
        name = str(email.header.make_header(email.header.decode_header(part.get_filename() or "")))
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            assert isinstance(inner, email.message.Message)
            yield name.encode(), index, inner.as_bytes(policy=_CRLF)
        else:
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            yield name.encode(), index, content


def _mbox(data: bytes) -> Iterator[Child]:
    with tempfile.NamedTemporaryFile() as kept:
        Path(kept.name).write_bytes(data)
        opened = mailbox.mbox(kept.name)
        for index, key in enumerate(opened.keys()):
            yield f"message {index}".encode(), index, opened.get_bytes(key)
        opened.close()


def _locked(line: dict[str, Any], data: bytes) -> Iterator[Child]:
    if line["media_type"] == "application/zip":
        with pyzipper.AESZipFile(io.BytesIO(data)) as opened:
            opened.setpassword(line["password"].encode())
            for index, name in enumerate(opened.namelist()):
                yield name.encode(), index, opened.read(name)
        return
    yield b"EncryptedPackage", 0, unlocked(data, line["password"])


def unlocked(data: bytes, password: str) -> bytes:
    """An encrypted office document opened; raises where the password or the integrity is wrong."""
    file = msoffcrypto.OfficeFile(io.BytesIO(data))
    file.load_key(password=password, verify_password=True)
    out = io.BytesIO()
    file.decrypt(out, verify_integrity=True)
    return out.getvalue()
