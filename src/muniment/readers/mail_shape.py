"""Whether bytes begin like a message: a block of header lines with names that mail has.

- Bytes, not text: a message may hold raw bytes of any kind, and is mail all the same.
- Two names are enough where an empty line ends the block; three where it breaks off.
"""

import re

_LINE = re.compile(rb"([!-9;-~]{1,76})[ \t]*:|[ \t]+\S")
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
_MOST_LINES = 300
_MARK = b"\xef\xbb\xbf"


def begins_like_mail(head: bytes) -> bool:
    """Whether the first bytes are the header of a message."""
    names: set[bytes] = set()
    for line in head.removeprefix(_MARK).splitlines()[:_MOST_LINES]:
        if line.strip() == b"":
            break
        match = _LINE.match(line)
        if match is None:
            return len(names) >= _LEAST_NAMES_BROKEN
        if match[1] is not None and match[1].lower() in _NAMES:
            names.add(match[1].lower())
    return len(names) >= _LEAST_NAMES
