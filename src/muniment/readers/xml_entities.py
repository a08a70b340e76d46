"""What an XML file's own entities would grow to: told, never done.

    <!DOCTYPE a [ <!ENTITY x "ha"> <!ENTITY y "&x;&x;"> ]> <a>&y;</a>      y stands for 4 characters

- Nothing is expanded here: the file is read as it is written, so no file grows by being read.
- An entity that names a file or an address is told too, and nothing is fetched.

Source: W3C XML 1.0, §4.2 and §4.4; sizes are counted from the declarations, in characters.
"""

import re

import msgspec

# The subset is looked for in the first part of a file only; possessive, so that time is bounded.
_DECLARED = re.compile(
    r"<!ENTITY\s++(%\s++)?([^\s\"'<>&;%]{1,200}+)\s++(?:\"([^\"]*+)\"|'([^']*+)'|(SYSTEM|PUBLIC)\b)"
)
_REFERENCE = re.compile(r"[&%]([^\s&;#%]{1,200}+);")
_LARGEST = 10**18
_MOST_DECLARED = 10_000


class Entities(msgspec.Struct, frozen=True):
    """What a file declares: how many entities, the longest one's length, how many lie outside."""

    declared: int
    longest: int  # characters once expanded; _LARGEST and more are one
    outside: int
    endless: bool  # one of them stands for itself


def entities_of(text: str) -> Entities | None:
    """The entities that `text` declares; None where it declares none."""
    values: dict[str, str] = {}
    declared = outside = 0
    for match in _DECLARED.finditer(text):
        declared += 1
        if match[5] is not None:
            outside += 1
        elif match[2] not in values and len(values) < _MOST_DECLARED:  # the first one binds
            values[match[2]] = match[3] if match[3] is not None else match[4]
    if declared == 0:
        return None
    lengths = _Lengths(values)
    longest = max((lengths.of(name) for name in values), default=0)
    return Entities(declared, longest, outside, lengths.endless)


class _Lengths:
    """The lengths of entities once all they name is put in."""

    def __init__(self, values: dict[str, str]) -> None:
        self._values = values
        self._known: dict[str, int] = {}
        self.endless = False

    def of(self, name: str) -> int:
        """How many characters an entity stands for; with a stack of our own: chains are long."""
        if name in self._known:
            return self._known[name]
        inner = self._inner(name)
        waiting = [(name, inner, iter(inner))]
        on_the_way = {name}
        while len(waiting) > 0:
            current, inner, left = waiting[-1]
            following = next((one for one in left if self._waits(one, on_the_way)), None)
            if following is not None:
                found = self._inner(following)
                waiting.append((following, found, iter(found)))
                on_the_way.add(following)
                continue
            waiting.pop()
            on_the_way.discard(current)
            plain = len(_REFERENCE.sub("", self._values[current]))
            length = plain + sum(self._known.get(one, 0) for one in inner)
            self._known[current] = min(length, _LARGEST)
        return self._known[name]

    def _inner(self, name: str) -> list[str]:
        return _REFERENCE.findall(self._values[name])

    def _waits(self, name: str, on_the_way: set[str]) -> bool:
        """Whether an entity's length must be found first; one on the way to itself has none."""
        if name in on_the_way:
            self.endless = True
            return False
        return name in self._values and name not in self._known
