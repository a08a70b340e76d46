"""A file of passwords that a person gives."""

from pathlib import Path

import pytest

from muniment.app.password_file import candidates_in
from muniment.core import UsageError

READ = {
    "one a line": (b"one\ntwo\n", ["one", "two"]),
    "ends of lines of Windows": (b"one\r\ntwo\r\n", ["one", "two"]),
    "spaces are letters": (b" one \n    \n\n", [" one ", "    "]),
    "UTF-16 with its mark": ("\ufeffключ\n".encode("utf-16-le"), ["ключ"]),
    "each once": (b"one\none\n", ["one"]),
}
WRONG = {
    "nothing": (b"", "no password"),
    "empty lines": (b"\n\r\n \n", "no password"),
    "another encoding": ("ключ".encode("cp1251"), "neither UTF-8 nor UTF-16"),
    "too long a line": (b"one\n" + b"secret" * 50, "line 2"),
}


@pytest.mark.parametrize("sort", READ)
def test_passwords_stand_one_a_line(sort: str, tmp_path: Path) -> None:
    data, expected = READ[sort]
    (tmp_path / "words").write_bytes(data)
    assert [secret.text for secret in candidates_in(tmp_path / "words")] == expected


@pytest.mark.parametrize("sort", WRONG)
def test_what_is_wrong_is_said_without_a_password(sort: str, tmp_path: Path) -> None:
    data, said = WRONG[sort]
    (tmp_path / "words").write_bytes(data)
    with pytest.raises(UsageError, match=said) as raised:
        candidates_in(tmp_path / "words")
    assert "secret" not in str(raised.value)
