"""What the rows of a proposed mapping speak of: entities, and the links between them."""

import msgspec

from muniment.facts.lexicon import CONCEPTS, NAMED_ONCE
from muniment.facts.mapping import ConstantRule, EntityRule, LinkRule, Scope
from muniment.facts.model import read_code
from muniment.facts.proposing.choice import Choice
from muniment.facts.proposing.numbered import RELATION
from muniment.facts.proposing.together import HEAD, NAMED

_MAIN = ("name", "first_name", "last_name", "id_number")
ROLE = "role-"  # and the entity of somebody who is no kin: what the link to them is called
_LINKS: dict[str, tuple[tuple[str, str], ...]] = {
    "detention": (("detainee", "person"), ("facility", "facility"), ("order", "order")),
    "detention-before": (("detainee", "person"), ("facility", "facility-before")),
    "sentence": (("person", "person"), ("detention", "detention")),
    "charge": (("person", "person"), ("sentence", "sentence")),
    "age": (("person", "person"),),
    "state": (("facility", "facility"),),
    "order": (("issuer", "issuer"), ("addressee", "addressee")),
    "post": (("holder", "person"), ("organization", "post-organization")),
    "testimony": (("about", "person"), ("witness", "witness")),
    "relation": (("person", "person"),),
    "employment": (("employee", "person"), ("employer", "organization")),
}
# What stands between two entities of which both have columns, and itself may have none.
_BETWEEN: tuple[tuple[str, str, str], ...] = (
    ("detention", "facility", "Detention"),
    ("detention-before", "facility-before", "Detention"),
    ("detention", "order", "Detention"),
    ("employment", "organization", "Employment"),
    ("post", "post-organization", "Post"),
)
_SCHEMAS = {concept.entity: concept.schema for concept in CONCEPTS.values() if concept.entity}


def entities_of(
    choices: list[Choice],
) -> tuple[tuple[EntityRule, ...], tuple[LinkRule, ...], tuple[ConstantRule, ...]]:
    """The entities that rows make, how they are tied, and what holds of all of a kind."""
    used = list(dict.fromkeys(choice.entity for choice in choices if choice.entity != ""))
    between = {
        name: schema
        for name, target, schema in _BETWEEN
        if target in used and name not in used and "person" in used
    }
    rules = [
        *(_entity(name, [each for each in choices if each.entity == name]) for name in used),
        *(EntityRule(name, schema) for name, schema in between.items()),
    ]
    known = {rule.name for rule in rules}
    links = [
        LinkRule(rule.name, role, target)
        for rule in rules
        for role, target in _LINKS.get(rule.name, ())
        if target in known
    ]
    beside = [rule.name for rule in rules if _stands_beside(rule, known)]
    constants = []
    for name in beside:
        header = next(each.seen.header for each in choices if each.entity == name)
        tie = _tie(name, header, is_told=f"{RELATION}{name}" in known)
        links += tie.links
        if tie.rule.name not in known:
            rules.append(tie.rule)
            constants.append(tie.constant)
    columns = {name: tuple(_columns_of(name, choices)) for name in used}
    there = (_there_by(rule, columns.get(rule.name, ()), rules, links) for rule in rules)
    return tuple(there), tuple(links), tuple(constants)


def _columns_of(entity: str, choices: list[Choice]) -> list[int]:
    return [each.seen.column.number for each in choices if each.entity == entity]


def _entity(name: str, mine: list[Choice]) -> EntityRule:
    """The rule of an entity that has columns of its own."""
    schema = "Relation" if name.startswith(RELATION) else _SCHEMAS.get(name, "Person")
    named = next((each.seen.column.number for each in mine if each.concept in NAMED_ONCE), None)
    if named is not None:
        return EntityRule(name, schema, Scope.TABLE, (named,), (named,))
    main = tuple(each.seen.column.number for each in mine if each.concept in _MAIN)
    return EntityRule(name, schema, required=main if schema == "Person" else ())


def _there_by(
    rule: EntityRule, own: tuple[int, ...], rules: list[EntityRule], links: list[LinkRule]
) -> EntityRule:
    """The rule of an entity of a row that is there, too, where only what it links to is named.

    A detention whose one filled cell is the facility must be there to be linked with it, and a
    relation of which nobody wrote what it is.
    """
    if rule.name.startswith(RELATION) and len(own) > 0:
        relative = next(each for each in rules if each.name == rule.name.removeprefix(RELATION))
        return msgspec.structs.replace(rule, required=(*own, *relative.required))
    shared = {each.name: each.keys for each in rules if each.scope is Scope.TABLE}
    targets = [link.target for link in links if link.entity == rule.name and link.target in shared]
    named = [key for target in targets for key in shared[target]]
    if rule.scope is not Scope.ROW or len(named) == 0 or len(own) + len(named) < 2:
        return rule
    return msgspec.structs.replace(rule, required=(*own, *named))


def _stands_beside(rule: EntityRule, known: set[str]) -> bool:
    """Whether it is somebody who is named beside the person whom a row is about."""
    if rule.schema != "Person" or rule.name == "person" or "person" not in known:
        return False
    return rule.name != "witness" or "testimony" not in known  # a testimony has its witness


class _Tie(msgspec.Struct, frozen=True):
    """What stands between the person of a row and somebody beside them, and what it says."""

    rule: EntityRule
    links: tuple[LinkRule, ...]
    constant: ConstantRule


def _tie(name: str, header: str, *, is_told: bool) -> _Tie:
    """A relation to kin, and where a column says how they are related; else a link by a role.

    A judge, an officer or whoever is no more than named beside a person is no relative of theirs.
    Of somebody whose role is not known, the header is all that is said.
    """
    word = name.rstrip("0123456789")
    word = header if word == NAMED and header != "" else word
    code = read_code("relation-kinds", word)
    if is_told or code is not None:
        tie, ends = f"{RELATION}{name}", (("person", "person"), ("relative", name))
        if is_told and word == HEAD:  # "relation to the head of household" says what the person is
            ends = (("person", name), ("relative", "person"))
        rule, constant = EntityRule(tie, "Relation"), ConstantRule(tie, "kind", code or word)
    else:
        tie, ends = f"{ROLE}{name}", (("subject", name), ("object", "person"))
        rule, constant = EntityRule(tie, "UnknownLink"), ConstantRule(tie, "role", word)
    return _Tie(rule, tuple(LinkRule(tie, prop, target) for prop, target in ends), constant)
