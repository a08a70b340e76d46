"""Whether bytes begin like a message: a block of header lines with names that mail has.

- Bytes, not text: a message may hold raw bytes of any kind, and is mail all the same.
- Two names are enough where an empty line ends the block, and stations counted twice are two;
  three where it breaks off, or where empty lines stand before it.
- The line of an envelope that a mailbox quotes (`>From `) may stand first.
"""

import re

_LINE = re.compile(rb"([!-9;-~]{1,76})[ \t]*:|[ \t]+\S")
# Fits at the start of whatever begins like mail: a first line of a header, or of an envelope.
MAY_BEGIN_MAIL = rb"(?:\xef\xbb\xbf)?[\r\n]*(?:[!-9;-~]{1,76}[ \t]*:|[ \t]+\S|>From )"
_NAMES = frozenset(
    (
        *(b"received", b"return-path", b"delivered-to", b"message-id", b"from", b"to", b"cc"),
        *(b"bcc", b"date", b"subject", b"sender", b"reply-to", b"in-reply-to", b"mime-version"),
        *(b"content-type", b"content-transfer-encoding", b"x-mailer", b"x-originating-ip"),
        *(b"dkim-signature", b"references", b"list-id", b"resent-from", b"x-received"),
        *(b"comments", b"content-disposition", b"user-agent", b"envelope-to", b"errors-to"),
    )
)
_LEAST_NAMES = 2
_LEAST_NAMES_BROKEN = 3
_MARK = b"\xef\xbb\xbf"
_QUOTED_ENVELOPE = b">From "
_RECEIVED = b"received"


def begins_like_mail(head: bytes) -> bool:
    """Whether the first bytes are the header of a message."""
    written = head.removeprefix(_MARK)
    block = written.lstrip(b"\r\n")
    # Empty lines in front of a header are a defect, for which more has to speak.
    least = _LEAST_NAMES if len(block) == len(written) else _LEAST_NAMES_BROKEN
    found, is_broken = _names(block)
    return found >= (_LEAST_NAMES_BROKEN if is_broken else least)


def may_go_on(head: bytes) -> bool:
    """Whether bytes are lines of a header up to the one that they cut off: more may follow."""
    first, *others = _lines(head.removeprefix(_MARK).lstrip(b"\r\n")) or [b""]
    return all(map(_LINE.match, (first, *others[:-1])))


def _lines(block: bytes) -> list[bytes]:
    # CR CR LF is what a program makes of a line end that it translates twice.
    return block.replace(b"\r\r\n", b"\r\n").splitlines()


def _names(block: bytes) -> tuple[int, bool]:
    """How many names that mail has stand in the block, and whether it breaks off."""
    names: set[bytes] = set()
    received = 0
    for number, line in enumerate(_lines(block)):
        if line.strip() == b"":
            break
        match = _LINE.match(line)
        if match is None:
            if number == 0 and line.startswith(_QUOTED_ENVELOPE):
                continue
            return len(names) + (received > 1), True
        if match[1] is not None and match[1].lower() in _NAMES:
            names.add(match[1].lower())
            received += match[1].lower() == _RECEIVED
    return len(names) + (received > 1), False
