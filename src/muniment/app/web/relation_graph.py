"""The graph of what ties an entity to others: a circle around it, drawn as SVG without a script.

- Positions follow from the order of the ties alone: the same facts give the same picture.
- The picture repeats what the table beside it says; nobody needs it to learn anything.
"""

import math
from collections.abc import Sequence

import msgspec

from muniment.app.web.fact_words import property_label, schema_label
from muniment.catalog.facts import EntityLink, EntityView

WIDTH, HEIGHT = 860, 520  # points
_MOST = 24  # entities in the picture; the table has all
_LONGEST = 22  # letters of a name
_MARGIN = 45  # points above and below
_RINGS = (0.0, 165.0, 238.0)  # radius of each step from the middle


class Node(msgspec.Struct, frozen=True):
    """An entity in the picture."""

    entity: str
    schema: str
    name: str
    short: str
    x: float
    y: float
    is_middle: bool


class Line(msgspec.Struct, frozen=True):
    """A tie in the picture."""

    x1: float
    y1: float
    x2: float
    y2: float
    says: str


class Graph(msgspec.Struct, frozen=True):
    """The picture, and how many entities it leaves out."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    left_out: int

    @property
    def window(self) -> str:
        """The part of the drawing that holds something, as a view box."""
        top = min((node.y for node in self.nodes), default=0.0) - _MARGIN
        bottom = max((node.y for node in self.nodes), default=0.0) + _MARGIN
        return f"0 {top:.0f} {WIDTH} {bottom - top:.0f}"


def drawn_graph(middle: EntityView, ties: Sequence[EntityLink]) -> Graph:
    """The picture of what ties `middle` to others, two steps far."""
    known = {middle.entity: (middle.schema, middle.caption)}
    for tie in ties:
        known.setdefault(tie.entity, (tie.schema, tie.caption))
        known.setdefault(tie.target, (tie.target_schema, tie.target_caption))
    near = _around({middle.entity}, ties)
    far = _around({middle.entity, *near}, ties)
    first, second = near[:_MOST], far[: max(0, _MOST - len(near))]
    places = {middle.entity: (WIDTH / 2, HEIGHT / 2)}
    places |= _ring(first, _RINGS[1]) | _ring(second, _RINGS[2])
    nodes = tuple(
        Node(
            entity,
            schema_label(known[entity][0]),
            known[entity][1],
            _short(_called(*known[entity])),
            round(x, 1),
            round(y, 1),
            entity == middle.entity,
        )
        for entity, (x, y) in places.items()
    )
    drawn = {
        (tie.entity, tie.target, tie.property): tie
        for tie in ties
        if tie.entity in places and tie.target in places
    }
    lines = tuple(_line(places[tie.entity], places[tie.target], tie) for tie in drawn.values())
    return Graph(nodes, lines, len(near) + len(far) - len(first) - len(second))


def _line(one: tuple[float, float], other: tuple[float, float], tie: EntityLink) -> Line:
    (x1, y1), (x2, y2) = one, other
    says = property_label(tie.schema, tie.property)
    return Line(round(x1, 1), round(y1, 1), round(x2, 1), round(y2, 1), says)


def _around(inside: set[str], ties: Sequence[EntityLink]) -> list[str]:
    """The entities one step outside, in the order of the ties."""
    found: dict[str, None] = {}
    for tie in ties:
        for one, other in ((tie.entity, tie.target), (tie.target, tie.entity)):
            if one in inside and other not in inside:
                found[other] = None
    return list(found)


def _ring(entities: Sequence[str], radius: float) -> dict[str, tuple[float, float]]:
    turn = 2 * math.pi / max(1, len(entities))
    shift = turn / 2 if radius == _RINGS[2] else 0.0
    return {
        entity: (
            WIDTH / 2 + 1.5 * radius * math.cos(shift + place * turn),
            HEIGHT / 2 + radius * math.sin(shift + place * turn),
        )
        for place, entity in enumerate(entities)
    }


_BY_NAME = frozenset({"Person", "Facility", "Organization", "PublicBody", "Company", "Address"})


def _called(schema: str, caption: str) -> str:
    """What a node is called: P7Y or a date says nothing without what it is of."""
    if schema in _BY_NAME and caption != "":
        return caption
    return f"{schema_label(schema)} {caption}".strip()


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
