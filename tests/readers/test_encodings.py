"""Which encoding some bytes are in: certain where it is proven, a stated guess everywhere else."""

import pytest

from muniment.readers.encodings import decoded, encoding_of
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
