"""Where people write passwords down: what stands after the word for it, and what looks like one.

- Every find says from which to which letter of the text it stands, so that it can be cited.
- Nothing is guessed at here: what is found is written there, letter by letter. The one exception,
  `common_forms`, derives dates and the ends of numbers in the ways that people do.
- Bounded: a text gives at most a few finds for each word, whatever it holds.
"""

import re
import unicodedata
from collections.abc import Iterator

import msgspec

# The word for "password" in the languages of archives met so far; compared without regard to case.
CUES: tuple[str, ...] = (
    "password", "passwort", "passcode", "passphrase", "passwd", "passw", "pwd", "kennwort",
    "kennung", "losung", "mot de passe", "mdp", "contraseña", "contrasena", "clave", "senha",
    "palavra-passe", "parola", "wachtwoord", "lösenord", "losenord", "adgangskode", "passord",
    "salasana", "hasło", "haslo", "heslo", "jelszó", "geslo", "lozinka", "лозинка", "пароль",
    "пароля", "паролем", "парола", "код доступа", "құпия сөз", "құпиясөз", "сырсөз", "parol",
    "şifre", "sifre", "密码", "密碼", "口令", "暗号", "解压码", "提取码", "パスワード", "暗証番号",
    "비밀번호", "암호", "كلمة السر", "كلمة المرور", "كلمه السر", "الرقم السري", "رمز عبور",
    "گذرواژه", "پسورد", "پارول", "مەخپىي نومۇر", "סיסמה", "รหัสผ่าน", "mật khẩu",
    "kata sandi", "पासवर्ड", "κωδικός",
)  # fmt: skip
CUE = re.compile("|".join(map(re.escape, CUES)), re.IGNORECASE)

_LONGEST, _SHORTEST = 64, 3
_WINDOW = 160  # letters after a cue in which a password is looked for
_MOST_AFTER = 10  # tokens taken after one cue
_MOST_CUES = 200  # in one text
# Words and signs that join a cue to the password: "is", "ist", "是", a colon, quotes.
_JOINS = re.compile(
    r"(?:[\s:：=＝\-–—>→»«\"“”„'‘’`*_()（）\[\]【】「」]|\b(?:is|are|was|ist|lautet|est|es|para|for|"
    r"für|pour|para|to|the|это|для|va)\b|是|为|為|分别|如下)*",
    re.IGNORECASE,
)
_RAW = re.compile(r"\S+")
_QUOTED = re.compile(r"[\"“„«'‘「]([^\n]{3,64}?)[\"”“»'’」]")
_TOKEN = re.compile(r"[^\s,;，。；：、“”„\"«»（）()<>\[\]【】{}|]+")
_ASCII = re.compile(r"[\x21-\x7e]+")
_CLOSING = ".,;:!?。，；：！？'\"”’»)）]】"
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-./年_ ]?(0?[1-9]|1[0-2])[-./月_ ]?([0-2]?\d|3[01])(?!\d)"
)
_NUMBER = re.compile(r"(?<![\dA-Za-z])(\d{6,18}[\dXx]?)(?![\dA-Za-z])")
_COMMON: tuple[str, ...] = (
    "123456", "password", "12345678", "123456789", "12345", "1234", "111111", "000000", "888888",
    "666666", "123123", "abc123", "admin", "qwerty", "Password1", "password1", "admin123", "654321",
    "1234567890", "88888888", "00000000", "112233", "123321", "666888", "168168", "a123456",
    "123456a", "woaini", "5201314", "1qaz2wsx", "P@ssw0rd", "qwerty123", "пароль", "secret",
    "test", "infected", "geheim", "passwort", "0000", "1111", "qazwsx", "letmein", "welcome",
)  # fmt: skip


class Written(msgspec.Struct, frozen=True):
    """A stretch of a text: letters `start` up to and without `end`, counted from 0."""

    start: int
    end: int
    text: str

    def __repr__(self) -> str:
        """Its place alone: it may be somebody's password."""
        return f"Written({self.start}, {self.end}, …)"


def after_cues(text: str) -> Iterator[Written]:
    """What stands behind each word for "password", the likeliest first for each word."""
    for number, cue in enumerate(CUE.finditer(text)):
        if number >= _MOST_CUES:
            return
        start = _JOINS.match(text, cue.end()).end()  # type: ignore[union-attr] # matches nothing too
        yield from _tokens_from(text, start, cue.end() + _WINDOW)
        yield from _line_from(text, start)


def token_like(text: str) -> Iterator[Written]:
    """Every run of letters, digits and signs that could be a password, in order."""
    for match in _TOKEN.finditer(text):
        yield from _trimmed(text, match.start(), match.end(), shortest=4)


def likeness(token: str) -> int:
    """How much a token looks like a password rather than a word: 0 most, 3 least."""
    digits = any(letter.isdigit() for letter in token)
    letters = any(letter.isalpha() for letter in token)
    if digits and letters:
        return 0
    if any(unicodedata.category(letter)[0] in "PS" for letter in token):
        return 1
    return 2 if digits else 3


def common_forms(texts: tuple[str, ...]) -> Iterator[str]:
    """Passwords that many people use, then dates and numbers of `texts` in the usual spellings."""
    yield from _COMMON
    for text in texts:
        for match in _DATE.finditer(text):
            year, month, day = match[1], f"{int(match[2]):02d}", f"{int(match[3]):02d}"
            yield from (year + month + day, year[2:] + month + day, day + month + year)
            yield from (f"{year}-{month}-{day}", f"{day}.{month}.{year}", month + day, year + month)
        for number in _NUMBER.findall(text):
            yield from (number, number[-6:], number[-8:], number[6:14], number[8:14])


def also(written: str) -> Iterator[str]:
    """The same password as it may have been typed: as written, then with ordinary letters."""
    yield written
    plain = unicodedata.normalize("NFKC", written)
    if plain != written:
        yield plain


def _tokens_from(text: str, start: int, end: int) -> Iterator[Written]:
    first = _RAW.match(text, start)
    for number, match in enumerate(_TOKEN.finditer(text, start, max(start, end) + _LONGEST)):
        if number >= _MOST_AFTER or match.start() > end:
            break
        yield from _trimmed(text, match.start(), match.end(), shortest=_SHORTEST)
        if number == 0 and first is not None:
            yield from _trimmed(text, first.start(), first.end(), shortest=_SHORTEST)


def _line_from(text: str, start: int) -> Iterator[Written]:
    """What stands in quotes in the rest of the line, and the line: passwords of several words."""
    line = text[start : start + _LONGEST + 1].partition("\n")[0].rstrip()
    quoted = _QUOTED.search(text, max(0, start - 1), start + _WINDOW)
    if quoted is not None:
        yield Written(quoted.start(1), quoted.end(1), quoted[1])
    if " " in line and len(line) <= _LONGEST:
        yield Written(start, start + len(line), line)


def _trimmed(text: str, start: int, end: int, *, shortest: int) -> Iterator[Written]:
    """A token, then without what closes a sentence, then its beginning in plain ASCII."""
    token = text[start:end]
    bare = token.rstrip(_CLOSING)
    plain = _ASCII.match(token)
    seen = set()
    for each in (bare, token, plain[0] if plain is not None else ""):
        if shortest <= len(each) <= _LONGEST and each not in seen:
            seen.add(each)
            yield Written(start, start + len(each), each)
