"""Names of XML elements and attributes without their namespaces, and where an element stands.

- lxml's own `QName` refuses names that a lenient parser let through; these never raise.
"""

from lxml import etree  # type: ignore[import-untyped]


def local_name(named: "etree._Element | str") -> str:
    """The name behind the namespace; empty for a comment or an instruction."""
    name = named if isinstance(named, str) else named.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def namespace_of(name: str) -> str | None:
    """The namespace of a qualified name; None where there is none."""
    return name.rpartition("}")[0].removeprefix("{") if "}" in name else None


def path_of(element: etree._Element) -> tuple[int, ...]:
    """The child sequence of an element, the root first."""
    steps: list[int] = []
    current = element
    while (parent := current.getparent()) is not None:
        before = (1 for other in current.itersiblings(preceding=True) if isinstance(other.tag, str))
        steps.append(1 + sum(before))
        current = parent
    return (1, *reversed(steps))
