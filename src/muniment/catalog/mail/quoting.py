"""A message's text in what its writer wrote and what was quoted, so that a page can fold it.

| begins | what follows is quoted |
|---|---|
| lines with `>` or `|` before them | as long as they have it |
| -----Original Message-----, 原始邮件, Исходное сообщение | to the end |
| From: …, Sent: …, To: …, Subject: … line by line | to the end |

- Nothing is left out or changed: the pieces put together are the text.
- Where a line is quoted by mistake, it is folded, not lost.
"""

import re
from itertools import groupby

import msgspec

_MARKED = re.compile(r"[ \t]{0,2}[>|]")
_DIVIDER = re.compile(
    r"\s*[-_=*]{2,}\s*(?:original message|original appointment|forwarded message|forwarded by"
    r"|исходное сообщение|пересылаемое сообщение|原始邮件|原郵件|转发邮件|轉寄郵件"
    r"|ursprüngliche nachricht|message d'origine|mensaje original).*",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"\s*\**(?:from|sent|to|cc|date|subject|von|gesendet|an|betreff|de|envoyé|à|objet"
    r"|от|кому|дата|тема|отправлено|发件人|发送时间|收件人|抄送|主题|寄件者|日期)\**\s*[:：]",
    re.IGNORECASE,
)
_LINES_OF_A_HEADER = 3


class Stretch(msgspec.Struct, frozen=True):
    """A piece of a text; `lines` are what a fold says it hides."""

    text: str
    quoted: bool
    lines: int


def stretches(text: str) -> tuple[Stretch, ...]:
    """The text in pieces, in order."""
    lines = text.splitlines(keepends=True)
    end = _quoted_from(lines)
    marks = [at >= end or _MARKED.match(line) is not None for at, line in enumerate(lines)]
    return tuple(
        Stretch("".join(line for _, line in group), quoted, len(group))
        for quoted, group in (
            (key, list(found)) for key, found in groupby(zip(marks, lines, strict=True), _mark)
        )
    )


def _mark(pair: tuple[bool, str]) -> bool:
    return pair[0]


def _quoted_from(lines: list[str]) -> int:
    """From which line on everything is quoted; their number where nothing is."""
    run = 0
    for at, line in enumerate(lines):
        if _DIVIDER.fullmatch(line.rstrip("\r\n")) is not None:
            return at
        run = run + 1 if _NAMES.match(line) is not None else 0
        if run == _LINES_OF_A_HEADER and at >= run:
            return at - run + 1
    return len(lines)
