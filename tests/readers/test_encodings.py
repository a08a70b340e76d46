"""Which encoding some bytes are in: certain where it is proven, a stated guess everywhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Chars
from muniment.readers.encodings import decoded, encoding_of
from muniment.readers.undecodable import undecodable_problems
from muniment.readers.utf8_tally import pieces_of
from tests.readers.encoding_samples import written_samples

CHINESE = "在押人员名单，请核对以下信息。姓名、性别、出生日期。" * 3
RUSSIAN = "Список задержанных лиц, проверьте данные. " * 3
TRADITIONAL = "請核對以下名單，謝謝。資料來源不明。" * 3
JAPANESE = "これは、なまえのリストです。ごかくにんください。" * 3
KOREAN = "이것은 이름 목록입니다. 확인해 주세요." * 3
FRENCH = "Où êtes-vous né ? Là-bas, à l'été… déjà « vu »."

GUESSED = {
    ("gb18030", CHINESE): "gb18030",
    ("windows-1251", RUSSIAN): "windows-1251",
    ("koi8-r", RUSSIAN): "koi8-r",
    ("cp866", RUSSIAN): "cp866",
    ("big5", TRADITIONAL): "big5",
    ("shift_jis", JAPANESE): "shift_jis",
    ("euc_kr", KOREAN): "euc_kr",
    ("windows-1252", FRENCH): "windows-1252",
    ("utf-16-le", "plain text, without a mark"): "utf-16-le",
    ("utf-16-be", "plain text, without a mark"): "utf-16-be",
}
CERTAIN = {
    "ASCII": (b"plain", "utf-8"),
    "UTF-8": (CHINESE.encode(), "utf-8"),
    "UTF-8 with a mark": (b"\xef\xbb\xbf" + CHINESE.encode(), "utf-8"),
    "UTF-16 with a mark": (CHINESE.encode("utf-16"), "utf-16-le"),
    "UTF-32 with a mark": (CHINESE.encode("utf-32"), "utf-32-le"),
    "nothing at all": (b"", "utf-8"),
}


@pytest.mark.parametrize(("written", "text"), GUESSED)
def test_a_guess_is_right_on_running_text_and_says_that_it_is_a_guess(
    written: str, text: str
) -> None:
    data = text.encode(written)
    found = encoding_of([data])
    assert found.name == GUESSED[written, text]
    assert not found.certain
    assert "".join(decoded([data], found)) == text


@pytest.mark.parametrize("sort", CERTAIN)
def test_a_mark_and_valid_utf8_are_certain(sort: str) -> None:
    data, name = CERTAIN[sort]
    found = encoding_of([data])
    assert (found.name, found.certain) == (name, True)
    assert not "".join(decoded([data], found)).startswith("\ufeff")


def test_blocks_may_be_cut_anywhere() -> None:
    data = CHINESE.encode("gb18030")
    for size in (1, 2, 3, 7):
        blocks = [data[start : start + size] for start in range(0, len(data), size)]
        assert "".join(decoded(blocks, encoding_of([data]))) == CHINESE


def test_every_byte_decodes_in_the_last_fallback() -> None:
    data = bytes(range(256)) * 2
    found = encoding_of([data])
    assert found.name == "windows-1252"
    assert "\ufffd" not in "".join(decoded([data], found))


def test_nearly_every_sample_is_read_as_it_was_written() -> None:
    samples = written_samples()
    wrong = [
        (language, encoding, len(data))
        for language, encoding, text, data in samples
        if "".join(decoded([data], encoding_of([data]))) != text
    ]
    # One letter beyond ASCII cannot tell ñ from ń; the rest is four Chinese letters in UTF-16.
    assert len(wrong) <= 0.02 * len(samples), wrong


ONE_BAD = {
    "a byte of nothing in the middle": CHINESE.encode() + b"\xff" + CHINESE.encode(),
    "cut off inside a letter": (CHINESE * 4_000).encode()[:-1],
    "cut out, beginning inside a letter": CHINESE.encode()[1:],
    "half a letter before an end of line": b"1,\xe7\x8e\n" + CHINESE.encode(),
    "Russian, which GB 18030 also decodes": RUSSIAN.encode()[:-2] + b"\xd0",
    "a few letters, one damaged": "où êtes-vous né, là-bas".encode() + b" \xe9t",
}


@pytest.mark.parametrize("sort", ONE_BAD)
def test_one_bad_byte_does_not_make_utf8_another_encoding(sort: str) -> None:
    data = ONE_BAD[sort]
    found = encoding_of(data[at : at + 1_000] for at in range(0, len(data), 1_000))
    assert (found.name, found.certain, found.is_proven) == ("utf-8", True, False)
    assert "".join(decoded([data], found)) == data.decode("utf-8", "replace")


def test_where_bytes_are_no_letters_is_told_and_a_written_sign_is_none() -> None:
    data = (CHINESE + "\ufffd").encode() + b"\xff" + CHINESE.encode()[:-1]
    blocks = [data[at : at + 7] for at in range(0, len(data), 7)]
    problems = list(undecodable_problems(blocks, encoding_of([data])))
    text = data.decode("utf-8", "replace")
    assert [problem.at for problem in problems] == [
        Chars(len(CHINESE) + 1, len(CHINESE) + 2),
        Chars(len(text) - 1, len(text)),
    ]


def test_lines_of_another_encoding_are_read_in_their_own_and_told() -> None:
    lines = [CHINESE.encode(), CHINESE.encode("gb18030"), CHINESE.encode()]
    data = b"\n".join(lines)
    found = encoding_of([data])
    assert (found.name, found.beside, found.certain) == ("utf-8", "gb18030", False)
    assert "".join(decoded([data], found)) == "\n".join([CHINESE] * 3)
    places = [problem.at for problem in undecodable_problems([data], found)]
    assert places == [Chars(len(CHINESE) + 1, 2 * len(CHINESE) + 2)]


def test_hardly_any_piece_of_another_encoding_is_taken_for_utf8() -> None:
    samples = [
        data[start : start + 24]
        for _, encoding, _, data in written_samples()
        if not encoding.startswith(("utf", "hz", "iso2022"))
        for start in range(0, len(data), 11)
    ]
    taken = [data for data in samples if not data.isascii() and encoding_of([data]).name == "utf-8"]
    assert len(taken) <= 0.005 * len(samples), taken


@given(
    text=st.text(st.characters(codec="utf-8"), min_size=40),
    byte=st.sampled_from(b"\x80\xbf\xc0\xff"),
    size=st.integers(1, 9),
)
def test_pieces_are_the_bytes_and_decode_as_the_whole_does(text: str, byte: int, size: int) -> None:
    data = text.encode()
    data = data[: len(data) // 2] + bytes([byte]) + data[len(data) // 2 :]
    pieces = list(pieces_of(data[at : at + size] for at in range(0, len(data), size)))
    assert b"".join(pieces) == data
    assert "".join(p.decode("utf-8", "replace") for p in pieces) == data.decode("utf-8", "replace")
