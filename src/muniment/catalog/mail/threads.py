"""Conversations: which message answers which, after the rule of Jamie Zawinski's threading.

    References: <a> <b> <c>     a ◀── b ◀── c ◀── this message

1. A message answers the last id that it refers to. Messages are taken in the order of their ids.
2. Then, for ids that nothing said anything about, the order inside References counts: each answers
   the one before it. So what is missing from the case keeps its place.
3. A link that would close a circle is left out, and the message says so.

- Only what messages state joins them. Equal subjects never do.
- The same messages give the same conversations, in whatever order they are taken in.
- Messages of one id (copies in several mailboxes) stand at one place; the smallest digest first.

Source: https://www.jwz.org/doc/threading.html, without its steps by subject.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from muniment.core import digest_of


class Node(msgspec.Struct, frozen=True):
    """A message: digest, own id ("" where it states none), ids it refers to, when it was sent."""

    digest: str
    message_id: str
    refers: tuple[str, ...]
    ordered: str


class Threaded(msgspec.Struct, frozen=True):
    """Where a message stands: conversation, the id above it, how deep, in which position."""

    digest: str
    conversation: str
    answers: str
    depth: int
    position: int
    circle: bool


class Conversation(msgspec.Struct, frozen=True):
    """A conversation: its messages in reading order, and how many ids nothing is known of."""

    id: str
    messages: tuple[Threaded, ...]
    missing: int


def conversations(nodes: Iterable[Node]) -> Iterator[Conversation]:
    """All conversations, by the key of their first message."""
    forest = _Forest(sorted(nodes, key=lambda node: (_key(node), node.digest)))
    for root in sorted(forest.roots()):
        conversation = _laid_out(forest, root)
        if len(conversation.messages) > 0:
            yield conversation


def _key(node: Node) -> str:
    """A message without an id of its own is found by its digest, which no id looks like."""
    return f"<{node.message_id}>" if node.message_id != "" else node.digest


class _Forest:
    """Ids and the id that each answers."""

    def __init__(self, nodes: list[Node]) -> None:
        self.at: dict[str, list[Node]] = {}
        self.parent: dict[str, str] = {}
        self.group: dict[str, str] = {}  # of a disjoint-set forest: equal roots, one tree
        self.circles: set[str] = set()
        for node in nodes:
            self.at.setdefault(_key(node), []).append(node)
        for node in nodes:
            if len(node.refers) > 0:
                self._join_own(_key(node), f"<{node.refers[-1]}>")
        for node in nodes:
            chain = [f"<{each}>" for each in node.refers]
            for above, below in pairwise(chain):
                if below not in self.parent and below not in self.at:
                    self._join(below, above)
        self.below: dict[str, list[str]] = {}
        for child, above in self.parent.items():
            self.below.setdefault(above, []).append(child)

    def _join_own(self, key: str, above: str) -> None:
        if key not in self.parent and not self._join(key, above):
            self.circles.add(key)

    def _join(self, key: str, above: str) -> bool:
        # `key` has nothing above it, so it is the top of its tree: one tree means a circle.
        one, other = self._top(key), self._top(above)
        if one == other:
            return False
        self.parent[key] = above
        self.group[one] = other
        return True

    def _top(self, key: str) -> str:
        top = key
        while (found := self.group.setdefault(top, top)) != top:
            top = found
        while self.group[key] != top:
            self.group[key], key = top, self.group[key]
        return top

    def roots(self) -> set[str]:
        """The keys with nothing above them."""
        return {key for key in (*self.at, *self.parent.values()) if key not in self.parent}

    def first(self, key: str) -> str:
        """When the first message at this key or right below it was sent, for the order."""
        nodes = self.at.get(key, ())
        return min((node.ordered for node in nodes), default="")


def _laid_out(forest: _Forest, root: str) -> Conversation:
    """Answers below what they answer, the earliest first."""
    name = digest_of(root.encode("utf-8", "surrogatepass")).hex
    placed: list[Threaded] = []
    missing = 0
    pending = [(root, "", 0)]
    while len(pending) > 0:
        key, above, depth = pending.pop()
        nodes = forest.at.get(key, [])
        missing += len(nodes) == 0
        for node in nodes:
            circle = key in forest.circles
            placed.append(Threaded(node.digest, name, above, depth, len(placed), circle))
        below = sorted(
            forest.below.get(key, ()), key=lambda each: (forest.first(each), each), reverse=True
        )
        said = key[1:-1] if key.startswith("<") else ""
        pending.extend((each, said, depth + 1) for each in below)
    return Conversation(name, tuple(placed), missing)
