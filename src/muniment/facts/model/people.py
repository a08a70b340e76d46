"""The overlay's schemata about people: posts, relations, photographs, testimony, ages.

- An age is never a property of a person: it is true on one day only, so it is an entity of its own
  with the event or day on which it was stated.
- That a picture shows a person is what a source says or a witness recognises; no face is compared.
"""

from muniment.facts.model.schema import Edge, Kind, Property, Schema

POST = Schema(
    name="Post",
    label="Post held",
    plural="Posts held",
    about="That somebody held a post in a body: over which time, and under which title.",
    extends=("Interval",),
    properties=(
        Property("holder", Kind.ENTITY, "Holder", "Who.", "Person", "posts"),
        Property(
            "organization", Kind.ENTITY, "Body", "In which body or facility.", "Thing", "postsIn"
        ),
        Property("title", Kind.STRING, "Title", "The post, as written."),
        Property("rank", Kind.STRING, "Rank", "A rank, as written."),
    ),
    featured=("holder", "title", "organization", "startDate", "endDate"),
    required=("holder",),
    caption=("title",),
    edge=Edge("holder", "held a post in", "organization"),
)

RELATION = Schema(
    name="Relation",
    label="Relation",
    plural="Relations",
    about="What one person is to another, as a source says.",
    extends=("Interval",),
    properties=(
        Property("person", Kind.ENTITY, "Person", "Of whom.", "Person", "relations"),
        Property("relative", Kind.ENTITY, "Relative", "Who.", "Person", "relationsOf"),
        Property(
            "relationship",
            Kind.STRING,
            "Relationship",
            "What the relative is to the person, as written.",
        ),
        Property("kind", Kind.STRING, "Kind", "The same as a code.", vocabulary="relation-kinds"),
    ),
    featured=("person", "relative", "relationship"),
    required=("person", "relative"),
    caption=("relationship", "kind"),
    edge=Edge("person", "is related to", "relative"),
)

PHOTO_OF = Schema(
    name="PhotoOf",
    label="Photograph of a person",
    plural="Photographs of people",
    about="That a picture shows a person, and on whose word: a list, a caption, a witness.",
    extends=("Interval",),
    properties=(
        Property("image", Kind.ENTITY, "Picture", "Which picture.", "Image", "photographs"),
        Property("person", Kind.ENTITY, "Person", "Who is in it.", "Person", "photographs"),
        Property(
            "basis",
            Kind.STRING,
            "Basis",
            "How it is known: anchored in the row, named in the caption, said by a relative.",
        ),
    ),
    featured=("image", "person", "basis"),
    required=("image", "person"),
    caption=("basis",),
    edge=Edge("image", "shows", "person"),
)

TESTIMONY = Schema(
    name="Testimony",
    label="Testimony",
    plural="Testimonies",
    about="What a witness or a relative told, with what they agreed to.",
    extends=("Thing", "Interval"),
    properties=(
        Property("witness", Kind.ENTITY, "Witness", "Who told it.", "Person", "testimonies"),
        Property("about", Kind.ENTITY, "About", "Of whom or what it tells.", "Thing", "testimony"),
        Property("text", Kind.TEXT, "Text", "What was told, word for word."),
        Property("language", Kind.STRING, "Language", "In which language; ISO 639-3."),
        Property("consent", Kind.STRING, "Consent", "Given by whom, how, and when."),
        Property(
            "scope", Kind.STRING, "Scope of use", "What was agreed to.", vocabulary="consent-scopes"
        ),
        Property("custodian", Kind.STRING, "Custodian", "Who keeps it: a role or a pseudonym."),
    ),
    featured=("witness", "about", "date", "scope"),
    caption=("name", "date"),
)

AGE = Schema(
    name="Age",
    label="Stated age",
    plural="Stated ages",
    about="How old a person was said to be, on which day or at which event.",
    extends=("Interval",),
    properties=(
        Property("person", Kind.ENTITY, "Person", "Whose.", "Person", "ages"),
        Property("age", Kind.NUMBER, "Age", "In completed years, unless `unit` says otherwise."),
        Property(
            "unit",
            Kind.STRING,
            "Unit",
            "How it was counted, where the source says: months, or years from one at birth.",
        ),
        Property("event", Kind.STRING, "Event", "At what: arrest, death, the day of the list."),
    ),
    featured=("person", "age", "date", "event"),
    required=("person", "age"),
    caption=("age",),
)
