"""Who a header names: mailboxes (RFC 5322 §3.4) as written, each with its address.

    "Li, Wei" <Li@XUGU.invalid>, wang@xugu.invalid (Lao Wang); staff: a@x.invalid, b@x.invalid;
     ───────── ────────────────                                ────── a group: its members count

- One pass over the text, so that a header of a million commas takes no longer than any other.
- The address is taken from the header as written, the name from what its encoded words say: a name
  that decodes to another address never stands in for the one in the header.
"""

from collections.abc import Iterator

import msgspec


class Mailbox(msgspec.Struct, frozen=True):
    """One person named in a header: the name as read, the address as written; either may be ""."""

    name: str
    address: str

    @property
    def written(self) -> str:
        """Name and address as people write them."""
        if self.name == "" or self.address == "":
            return self.name or self.address
        return f"{self.name} <{self.address}>"

    @property
    def person(self) -> str:
        """By what equal people are put together: the address, else the name, in lower case."""
        return (self.address or self.name).casefold()


def mailboxes(written: str, said: str) -> Iterator[Mailbox]:
    """The mailboxes of a header's value; `said` is the value with its encoded words read."""
    position = 0
    for piece in _pieces(written):
        name, address, bracketed = _split(piece)
        if name == "" and address == "":
            continue
        if bracketed and said != written:
            start = said.find(f"<{address}>", position)
            if start >= 0:
                name = _bare(said[position:start])
                position = start + len(address) + 2
        yield Mailbox(name, address)


def _pieces(written: str) -> list[str]:
    """The value cut at commas, semicolons and group names that stand in no quotes."""
    outside, closed = _outside(written)
    # A quote or a bracket that nobody closes hides nobody who stands behind it.
    letters = outside if closed else list(enumerate(written))
    pieces: list[str] = []
    start, angled = 0, False
    for at, letter in letters:
        if letter in "<>":
            angled = letter == "<"
        elif letter in ",;" or (letter == ":" and not angled):
            if letter != ":":
                pieces.append(written[start:at])
            start, angled = at + 1, False
    return [*pieces, written[start:]]


def _outside(written: str) -> tuple[list[tuple[int, str]], bool]:
    """The letters that stand in no quotes and no comment, and whether all of those are closed."""
    found: list[tuple[int, str]] = []
    depth = 0
    quoted = escaped = False
    for at, letter in enumerate(written):
        if escaped:
            escaped = False
        elif letter == "\\" and (quoted or depth > 0):
            escaped = True
        elif letter == '"' and depth == 0:
            quoted = not quoted
        elif letter in "()" and not quoted:
            depth = max(0, depth + (1 if letter == "(" else -1))
        elif not quoted and depth == 0:
            found.append((at, letter))
    return found, not quoted and depth == 0


def _split(piece: str) -> tuple[str, str, bool]:
    """Name, address, and whether the address stands in angle brackets."""
    outside, closed = _outside(piece)
    letters = outside if closed else list(enumerate(piece))
    close = max((at for at, letter in letters if letter == ">"), default=-1)
    opening = max((at for at, letter in letters if letter == "<" and at < close), default=-1)
    if opening >= 0:
        return _bare(piece[:opening]), piece[opening + 1 : close].strip(), True
    comment_at = piece.find("(")
    if comment_at >= 0:
        comment = piece[comment_at + 1 :].strip().removesuffix(")")
        return comment.strip(), piece[:comment_at].strip(), False
    bare = _bare(piece)
    return ("", bare, False) if "@" in bare else (bare, "", False)


def _bare(text: str) -> str:
    """A name without its quotes, separators before it, and white space around it."""
    name = text.strip(" \t\r\n,;")
    if len(name) > 1 and name[0] == name[-1] == '"':
        return name[1:-1].replace('\\"', '"').strip()
    return name
