"""The page of the model: every schema, property and vocabulary, written from the source."""

from collections.abc import Iterator

from muniment.facts.model import (
    OVERLAY,
    STOCK,
    VOCABULARIES,
    Property,
    Schema,
    Vocabulary,
    carried_as,
    parts_of,
)

_LANGUAGES = {
    "en": "English",
    "zh": "Chinese",
    "ru": "Russian",
    "ar": "Arabic",
    "fa": "Persian",
    "tr": "Turkish",
    "es": "Spanish",
    "fr": "French",
    "ug": "Uyghur",
}


def model_page() -> list[str]:
    """The lines of docs/reference/model.md."""
    lines = [
        "# The model",
        "",
        (
            "Facts are statements about entities: FollowTheMoney's, and an overlay of this "
            "program's for custody, places, orders and testimony."
        ),
        "",
        (
            "A property is named `Schema:property`. An entity has the properties of its schema and "
            "of every schema that one extends. Values are kept as written and as read; types are "
            "FollowTheMoney's. An age is no property of a person: it is an entity with its day. "
            "How statements leave: [exchange with FollowTheMoney]"
            "(../how-to/exchange-with-followthemoney.md)."
        ),
        "",
        "## The overlay",
        "",
        (
            "The last column says what a property becomes in the profile `stock`; what is not "
            "carried stays in the export's sidecar and is counted."
        ),
    ]
    for schema in OVERLAY:
        lines += _schema(schema)
    lines += [
        "",
        "## FollowTheMoney's own",
        "",
        (
            "What is used of followthemoney 4.11, compared with the package by a test. Properties "
            "that are missing here are ones that nothing in this program states."
        ),
    ]
    for schema in STOCK:
        lines += _schema(schema)
    lines += [
        "",
        "## Vocabularies",
        "",
        (
            "A code is read where the whole of what is written is one of its wordings, whatever "
            "its case, accents or width. What is none of them stays as written, unread. The "
            "source's wording is kept beside the code."
        ),
    ]
    for vocabulary in VOCABULARIES:
        lines += _vocabulary(vocabulary)
    return lines


def _schema(schema: Schema) -> Iterator[str]:
    extends = ", ".join(f"[{name}](#{name.lower()})" for name in schema.extends)
    yield from ("", f"### {schema.name}", "", schema.about)
    if extends != "":
        yield from ("", f"Extends {extends}.")
    if not schema.stock:
        parts = ", ".join(f"`{part.schema}`" for part in parts_of(schema.name))
        yield from ("", f"In stock: {parts or 'not carried'}.")
    if len(schema.properties) == 0:
        return
    last = "" if schema.stock else " in stock |"
    yield from (
        "",
        f"| property | type | |{last}",
        f"|---|---|---|{'' if schema.stock else '---|'}",
    )
    for each in schema.properties:
        yield _property(schema, each)


def _property(schema: Schema, each: Property) -> str:
    kind = each.kind.value if each.target == "" else f"[{each.target}](#{each.target.lower()})"
    codes = "" if each.vocabulary == "" else f" Codes: [{each.vocabulary}](#{each.vocabulary})."
    row = f"| `{each.name}` | {kind} | {each.label}. {each.about}{codes} |"
    if schema.stock:
        return row
    carried = ", ".join(f"`{name}:{prop}`" for name, prop in carried_as(schema.name, each.name))
    return f"{row} {carried or 'not carried'} |"


def _vocabulary(vocabulary: Vocabulary) -> Iterator[str]:
    yield from ("", f"### {vocabulary.name}", "", f"{vocabulary.title}. {vocabulary.about}", "")
    yield from ("| code | meaning | wordings |", "|---|---|---|")
    for each in vocabulary.codes:
        words = "; ".join(f"{_LANGUAGES[lang]}: {', '.join(some)}" for lang, some in each.words)
        yield f"| `{each.code}` | {each.label}. {each.about} | {words} |"
