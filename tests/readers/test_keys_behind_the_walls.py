"""Keys open what is locked in the confined process, where libraries may do less than in a test."""

import io
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import py7zr
import pytest
import pyzipper

from muniment.core import Metadata, Part, Reading, Secret, State, Whole, digest_of
from muniment.readers import (
    READERS,
    Context,
    Desk,
    Limits,
    Reader,
    Request,
    Source,
    read_parts,
    read_with_keys,
)
from muniment.readers.keys import Keys
from muniment.simulate.pdf import text_pdf
from tests.readers.contract import LIMITS, codes

TIKA = Path(__file__).parents[3] / "shared" / "data" / "trove" / "tika"
RIGHT = "Zima 2018!"
KEYS = ("wrong", RIGHT, "neither")


def read(
    data: bytes,
    folder: Path,
    keys: tuple[str, ...] = KEYS,
    readers: tuple[Reader, ...] = READERS,
    limits: Limits = LIMITS,
) -> tuple[Reading, tuple[int, ...], list[Part]]:
    (folder / "scratch").mkdir()
    (folder / "object").write_bytes(data)
    request = Request(str(folder / "object"), digest_of(data), keys=tuple(map(Secret, keys)))
    desk = Desk(readers, limits, str(folder / "scratch"))
    reading, used = read_with_keys(request, desk, str(folder / "parts"))
    return reading, used, list(read_parts(str(folder / "parts")))


def seven_zip(password: str = RIGHT) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password) as archive:
        archive.writestr("nobody was here\n" * 9, "note.txt")
    return out.getvalue()


def seven_zip_with_a_sealed_list(password: str = RIGHT) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password, header_encryption=True) as archive:
        archive.writestr("nobody was here\n" * 9, "note.txt")
    return out.getvalue()


def zip_aes(password: str = RIGHT) -> bytes:
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        archive.writestr("note.txt", "nobody was here\n" * 9)
    return out.getvalue()


def pdf(password: str = RIGHT) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(text_pdf(("nobody was here",), "note"))) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="owner", user=password))
    return out.getvalue()


LOCKED = {
    "7z": seven_zip,
    "7z with a sealed list": seven_zip_with_a_sealed_list,
    "zip, AES": zip_aes,
    "PDF": pdf,
}


@pytest.mark.parametrize("what", LOCKED)
def test_the_right_key_opens_it(what: str, tmp_path: Path) -> None:
    reading, used, _ = read(LOCKED[what](), tmp_path)
    assert (reading.state, used) == (State.READ, (1,))


@pytest.mark.parametrize("what", LOCKED)
def test_wrong_keys_leave_it_locked(what: str, tmp_path: Path) -> None:
    reading, used, _ = read(LOCKED[what](), tmp_path, ("wrong", "neither"))
    assert (reading.state, used) == (State.LOCKED, ())


ODD = {
    "spaces": "  two  spaces ",
    "two scripts": "пароль-密码-é",
    "longer than a standard allows": "ab" * 120,
}


@pytest.mark.night
@pytest.mark.parametrize("sort", ODD)
@pytest.mark.parametrize("what", LOCKED)
def test_odd_passwords_open_it(what: str, sort: str, tmp_path: Path) -> None:
    reading, used, _ = read(LOCKED[what](ODD[sort]), tmp_path, ("wrong", ODD[sort]))
    assert (reading.state, used) == (State.READ, (1,))


def test_a_pdf_whose_password_is_too_long_for_one_library_is_read(tmp_path: Path) -> None:
    reading, _, parts = read(pdf("ab" * 120), tmp_path, ("ab" * 120,))
    assert reading.state is State.READ
    assert "structure-damaged" in codes(parts)


REAL = {
    "testEXCEL_protected_passtika.xls": "tika",
    "testWORD_protected_passtika.doc": "tika",
    "testPPT_protected_passtika.ppt": "tika",
    "test7Z_protected_passTika.7z": "Tika",
    "testPassword4Spaces.pdf": "    ",
    "password.xls": "password",
}


@pytest.mark.skipif(not TIKA.is_dir(), reason="the collection of real files is not here")
@pytest.mark.parametrize("name", REAL)
def test_real_files_are_opened(name: str, tmp_path: Path) -> None:
    reading, used, _ = read((TIKA / name).read_bytes(), tmp_path, ("wrong", REAL[name]))
    assert (reading.state, used) == (State.READ, (1,))


def attempt(deed: Callable[[Context], object]) -> tuple[Reader, ...]:
    def read_it(_source: Source, context: Context) -> Iterator[Part]:
        yield Metadata(Whole(), "came of it", repr(deed(context)))

    return (Reader("attempt", 1, ("text/plain",), read_it),)


def test_a_library_may_spool_to_an_unnamed_file_and_leaves_nothing(tmp_path: Path) -> None:
    def spool(_context: Context) -> str:
        with tempfile.TemporaryFile() as file:
            file.write(b"x" * 100_000)
            file.seek(0)
            return file.read()[:3].decode()

    _, _, parts = read(b"some text", tmp_path, readers=attempt(spool))
    assert [part.written for part in parts if isinstance(part, Metadata)] == ["'xxx'"]
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_reader_is_given_the_keys_in_their_order(tmp_path: Path) -> None:
    def ask(context: Context) -> tuple[str, ...]:
        context.keys.worked("neither")
        context.keys.worked("wrong")
        return context.keys.secrets

    reading, used, _ = read(b"some text", tmp_path, readers=attempt(ask))
    assert used == (0, 2)
    assert reading.state is State.EMPTY


def test_a_reader_that_names_a_key_it_was_not_given_loses_everything(tmp_path: Path) -> None:
    def lie(context: Context) -> None:
        context.keys._used.add(7)

    reading, used, parts = read(b"some text", tmp_path, readers=attempt(lie))
    assert (reading.state, used) == (State.UNREADABLE, ())
    assert [part.code for part in parts] == ["border-violation"]  # type: ignore[union-attr]


def test_a_reader_that_is_stopped_keeps_what_it_found_to_work(tmp_path: Path) -> None:
    def hang(context: Context) -> None:
        context.keys.worked(RIGHT)
        while True:
            pass

    _, used, _ = read(b"some text", tmp_path, readers=attempt(hang), limits=Limits(time_s=0.5))
    assert used == (1,)


def test_keys_say_which_worked_by_position() -> None:
    keys = Keys(("a", "b", "c"))
    for secret in ("c", "a", "c"):
        keys.worked(secret)
    assert keys.used == (0, 2)
