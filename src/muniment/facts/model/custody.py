"""The overlay's schemata of custody: detention, sentence, charge, order.

- Each is an entity of its own, so that two detentions of one person stay two, each with its dates.
- Reasons, charges and states are kept word for word; a code beside them comes from a vocabulary.
"""

from muniment.facts.model.schema import Edge, Kind, Property, Schema

DETENTION = Schema(
    name="Detention",
    label="Detention",
    plural="Detentions",
    about=(
        "That a person was held: where, since when, why, and how it stood. A transfer, a release "
        "and a new arrest each end one detention or begin another."
    ),
    extends=("Interval",),
    properties=(
        Property("detainee", Kind.ENTITY, "Person held", "Who.", "Person", "detentions"),
        Property(
            "facility",
            Kind.ENTITY,
            "Facility",
            "Where. What is no more than a name leaves as `place`.",
            "Facility",
            "detentions",
            instead="place",
        ),
        Property(
            "place",
            Kind.STRING,
            "Place",
            "Where, as the source names it, whether or not the facility is known.",
        ),
        Property("reason", Kind.TEXT, "Reason", "Why, word for word."),
        Property(
            "reasonCode", Kind.STRING, "Reason, coded", "The same as a code.", vocabulary="reasons"
        ),
        Property(
            "status",
            Kind.STRING,
            "Status",
            "How it stood on `date`.",
            vocabulary="detention-statuses",
        ),
        Property("authority", Kind.STRING, "Authority", "Who held or ordered, as written."),
        Property("order", Kind.ENTITY, "Order", "The order it rests on.", "Order", "detentions"),
        Property("building", Kind.STRING, "Building", "Building or block, as written."),
        Property("cell", Kind.STRING, "Cell", "Room or cell, as written."),
    ),
    featured=("detainee", "facility", "startDate", "endDate", "status"),
    required=("detainee",),
    caption=("status", "place"),
    edge=Edge("detainee", "was held in", "facility"),
)

SENTENCE = Schema(
    name="Sentence",
    label="Sentence",
    plural="Sentences",
    about="What a court or an office imposed, and for how long.",
    extends=("Interval",),
    properties=(
        Property("person", Kind.ENTITY, "Person sentenced", "Who.", "Person", "sentences"),
        Property(
            "detention",
            Kind.ENTITY,
            "Detention",
            "The detention it led to.",
            "Detention",
            "sentences",
        ),
        Property(
            "duration",
            Kind.STRING,
            "Duration",
            "ISO 8601, as long as written and never converted: P7Y6M, P90M.",
        ),
        Property("court", Kind.STRING, "Court", "Who imposed it, as written."),
        Property("charge", Kind.ENTITY, "Charge", "For what.", "Charge", "sentences"),
        Property("reference", Kind.STRING, "Reference", "The number of the judgment."),
        Property("wording", Kind.TEXT, "Wording", "The sentence, word for word."),
    ),
    featured=("person", "duration", "date", "court"),
    required=("person",),
    caption=("duration", "wording"),
)

CHARGE = Schema(
    name="Charge",
    label="Charge",
    plural="Charges",
    about="What a person is accused of: an assertion of whoever accuses, never a finding here.",
    extends=("Interval",),
    properties=(
        Property("person", Kind.ENTITY, "Person charged", "Who.", "Person", "charges"),
        Property("sentence", Kind.ENTITY, "Sentence", "What it led to.", "Sentence", "charges"),
        Property("wording", Kind.TEXT, "Wording", "The charge, word for word."),
        Property("code", Kind.STRING, "Code", "The same as a code.", vocabulary="reasons"),
        Property("article", Kind.STRING, "Article", "The law and article, as written."),
        Property("authority", Kind.STRING, "Authority", "Who accuses, as written."),
    ),
    featured=("person", "wording", "code"),
    required=("person",),
    caption=("wording", "code"),
)

ORDER = Schema(
    name="Order",
    label="Order",
    plural="Orders",
    about="A written instruction: from whom, to whom, when, and in which words.",
    extends=("Thing", "Interval"),
    properties=(
        Property("issuer", Kind.ENTITY, "Issuer", "From whom.", "LegalEntity", "ordersIssued"),
        Property(
            "addressee", Kind.ENTITY, "Addressee", "To whom.", "LegalEntity", "ordersReceived"
        ),
        Property("wording", Kind.TEXT, "Wording", "What it says, word for word."),
        Property("reference", Kind.STRING, "Reference", "Its number."),
    ),
    featured=("name", "issuer", "addressee", "date"),
    caption=("name", "reference", "wording"),
)
