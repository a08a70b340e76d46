"""What somebody asks, taken apart: a tree that every engine answers alike.

    All(Phrase, Not(Phrase), Is)        words AND, NOT, a field
    Phrase      words beside each other, in one of several layouts (`Run`)
    Holding     the object has a passage of such a property that matches
    Is, Between an exact value, or a range, of what is known of the object or the passage

- Words are folded tokens: an engine compares them and splits nothing.
- `readings` are the same word in another script: found in addition, and said to be.
"""

import msgspec


class Word(msgspec.Struct, frozen=True):
    """A folded token; as a pattern, `*` is any letters and `?` one letter of one token."""

    text: str
    pattern: bool = False


class Run(msgspec.Struct, frozen=True):
    """Words and how many tokens after the first each stands, rising from 0."""

    words: tuple[tuple[int, Word], ...]

    @property
    def has_pattern(self) -> bool:
        """Whether one of its words is a pattern."""
        return any(word.pattern for _, word in self.words)

    @property
    def width(self) -> int:
        """How many tokens it spans."""
        return self.words[-1][0] + 1


class Reading(msgspec.Struct, frozen=True):
    """Another way to write a word, and how it is shown to people."""

    run: Run
    shown: str


class Phrase(msgspec.Struct, frozen=True):
    """One of `runs` stands in the passage, or, as another reading, one of `readings`."""

    runs: tuple[Run, ...]
    readings: tuple[Reading, ...] = ()


class Is(msgspec.Struct, frozen=True):
    """A field has one of these values; with `prefix`, begins with one of them."""

    field: str
    values: tuple[str, ...]
    prefix: bool = False


class Between(msgspec.Struct, frozen=True):
    """A number field (`day` as YYYYMMDD, `size` in bytes) lies within these, both included."""

    field: str
    low: int | None
    high: int | None


class Holding(msgspec.Struct, frozen=True):
    """The object has a passage of one of these properties that matches.

    With `carried`, so does what came in a message that has such a passage.
    """

    properties: tuple[str, ...]
    inner: "Node"
    carried: bool = False


class All(msgspec.Struct, frozen=True):
    """Every part matches."""

    parts: tuple["Node", ...]


class Any(msgspec.Struct, frozen=True):
    """One of the parts matches."""

    parts: tuple["Node", ...]


class Not(msgspec.Struct, frozen=True):
    """The part does not match."""

    part: "Node"


Node = Phrase | Is | Between | Holding | All | Any | Not


class Query(msgspec.Struct, frozen=True):
    """A whole query."""

    root: Node

    def narrowed(self, *conditions: Is | Between) -> "Query":
        """The same query, held to these conditions too."""
        return self if len(conditions) == 0 else Query(All((self.root, *conditions)))


def without_patterns(node: Node) -> Node:
    """The same without other readings that are patterns: only what somebody wrote is one."""
    match node:
        case Phrase():
            kept = (each for each in node.readings if not each.run.has_pattern)
            return Phrase(node.runs, tuple(kept))
        case Holding():
            return Holding(node.properties, without_patterns(node.inner), node.carried)
        case All():
            return All(tuple(without_patterns(part) for part in node.parts))
        case Any():
            return Any(tuple(without_patterns(part) for part in node.parts))
        case Not():
            return Not(without_patterns(node.part))
        case _:
            return node


def run_of(words: tuple[str, ...]) -> Run:
    """These words beside each other."""
    return Run(tuple((at, Word(word)) for at, word in enumerate(words)))
