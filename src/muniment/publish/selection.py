"""What of a case is handed over: all that was received, or chosen objects.

- A chosen object that was found inside another brings the chain of its containers up to the
  delivery, because the journal vouches only for what was received.
- Whether the containers' bytes go along is the exporter's choice, never a default: a container
  holds everything else that lies in it.
"""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from muniment.core import Digest, Relation, UsageError


class Containers(StrEnum):
    """What goes along of the files that a chosen object was found in."""

    INCLUDED = "included"  # their bytes, and so whatever else is in them
    NAMED = "named"  # their digests and the events of their arrival, not their bytes


class Containment(msgspec.Struct, frozen=True):
    """That `child` lies in `parent`, at position `index` of its own order, under a raw name."""

    child: Digest
    parent: Digest
    index: int
    relation: Relation
    raw_name: bytes
    name: str
    size: int  # bytes of the child


class Whole(msgspec.Struct, frozen=True):
    """All that was received, with the whole journal: also what it says of sources and partners."""


class Chosen(msgspec.Struct, frozen=True):
    """Chosen objects; `containment` is at least what leads from each of them to a delivery."""

    objects: frozenset[Digest]
    containers: Containers
    containment: tuple[Containment, ...] = ()


Selection = Whole | Chosen


class Chains(msgspec.Struct, frozen=True):
    """Chosen objects with all their containers, and the steps that lead from one to the other."""

    objects: frozenset[Digest]
    containers: frozenset[Digest]
    steps: tuple[Containment, ...]


def chains_of(chosen: Chosen, received: Iterable[Digest]) -> Chains:
    """The chains that lead from the chosen objects up to what was received.

    `received` are the received objects among the chosen and their containers, at least.

    Raises:
        UsageError: nothing is chosen, or no chain leads from a chosen object to a received one.
    """
    if len(chosen.objects) == 0:
        raise UsageError(
            "no object is chosen", next_step="name objects, or hand over the whole case"
        )
    arrived = frozenset(received)
    above: dict[Digest, list[Containment]] = {}
    for step in chosen.containment:
        above.setdefault(step.child, []).append(step)
    steps: list[Containment] = []
    met: set[Digest] = set()
    waiting = sorted(chosen.objects)
    while len(waiting) > 0:
        each = waiting.pop()
        if each in met:
            continue
        met.add(each)
        parents = above.get(each, [])
        if len(parents) == 0 and each not in arrived:
            raise UsageError(
                f"{each.hex} was neither received nor found in anything that was",
                next_step="check the digest with `muniment show`, then choose again",
            )
        steps.extend(parents)
        waiting.extend(step.parent for step in parents)
    steps.sort(key=lambda step: (step.child.raw, step.parent.raw, step.index))
    return Chains(frozenset(met), frozenset(met) - chosen.objects, tuple(steps))
