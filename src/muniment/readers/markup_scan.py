"""Splits HTML and XML source into text, tags and comments, with positions, whatever the source is.

- Own code, because positions are citations: they must be the same on every version of Python, and
  no input may make the scan take more than time in proportion to its length.
- Nothing is repaired. What is no tag is text.

Source: WHATWG HTML §13.2.5 (tokenization), in the parts that decide where text begins and ends.
"""

import re
from collections.abc import Iterator
from enum import Enum

import msgspec

# Possessive quantifiers: a tag that does not end is given up at once, never tried again shorter;
# and outside of quotes it ends before the next "<", so that no stretch is walked for every tag.
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]{0,80}+)(?:[^<>\"']|\"[^\"]*+\"|'[^']*+'|[\"'])*+>")
# A document type that declares things of its own; what it declares may end far on, or not at all.
_DECLARING = re.compile(
    r"<!DOCTYPE\s++([A-Za-z_:][^\s<>\[]{0,80}+)[^<>\[]{0,1024}+\[", re.IGNORECASE
)
_DECLARATION = re.compile(r"<[!?/][^>]{0,1024}+>")
_RAW_TEXT = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed"))
_COMMENT = "<!--"
_COMMENT_END = "-->"
_PROLOGUE_STEPS = 1_000


class Sort(Enum):
    """What a token is."""

    TEXT = "text"
    START = "start"
    END = "end"
    COMMENT = "comment"


class Token(msgspec.Struct, frozen=True):
    """A stretch of source: for a tag `value` is its name in lower case, otherwise its content."""

    sort: Sort
    start: int
    end: int
    value: str


def tokens(source: str) -> Iterator[Token]:
    """The tokens of a source in order; declarations and instructions are left out."""
    position = text_from = 0
    raw_until = 0
    unended: set[str] = set()
    last_end = source.rfind(">")
    while (at := source.find("<", max(position, raw_until))) >= 0:
        token = _token_at(source, at) if at < last_end else None
        if token is None:
            position = at + 1
            continue
        if at > text_from:
            yield Token(Sort.TEXT, text_from, at, source[text_from:at])
        if token.value != "" or token.sort is Sort.COMMENT:
            yield token
        position = text_from = token.end
        if token.sort is Sort.START and token.value in _RAW_TEXT - unended:
            raw_until = _raw_end(source, token)
            if raw_until < 0:
                unended.add(token.value)  # searched for once; what follows is markup as before
    if text_from < len(source):
        yield Token(Sort.TEXT, text_from, len(source), source[text_from:])


def _token_at(source: str, at: int) -> Token | None:
    if source.startswith(_COMMENT, at):
        found = source.find(_COMMENT_END, at + len(_COMMENT))
        end = len(source) if found < 0 else found
        content = source[at + len(_COMMENT) : end]
        return Token(Sort.COMMENT, at, min(end + len(_COMMENT_END), len(source)), content)
    match = _TAG.match(source, at)
    if match is not None:
        sort = Sort.START if match[1] == "" else Sort.END
        return Token(sort, at, match.end(), match[2].lower())
    declaration = _DECLARATION.match(source, at)
    return None if declaration is None else Token(Sort.START, at, declaration.end(), "")


def _raw_end(source: str, opening: Token) -> int:
    """Where the end tag of an element begins whose content is not markup; -1 where nowhere."""
    pattern = re.compile(rf"</{re.escape(opening.value)}[\s/>]", re.IGNORECASE)
    match = pattern.search(source, opening.end)
    return -1 if match is None else match.start()


def root_name(sample: str) -> str:
    """The name of the first element, in lower case with its prefix; empty where there is none.

    Where the document type holds declarations, the name that it gives to the first element.
    """
    position = 0
    for _ in range(_PROLOGUE_STEPS):
        while position < len(sample) and sample[position] in " \t\r\n\ufeff":
            position += 1
        declaring = _DECLARING.match(sample, position)
        if declaring is not None:
            return declaring[1].lower()
        token = _token_at(sample, position) if sample.startswith("<", position) else None
        if token is None or token.sort is Sort.END:
            return ""
        if token.sort is Sort.START and token.value != "":
            return token.value
        position = token.end
    return ""
