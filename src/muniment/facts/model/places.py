"""The overlay's schemata of places where people are held.

- Kinds of facilities are never merged: a centre for re-education stays one, whatever a report
  would rather call it, and the source's own word is kept beside the code.
- What changes with time (capacity, headcount, use) is a `FacilityState` with its time and wording.
"""

from muniment.facts.model.schema import Kind, Property, Schema

FACILITY = Schema(
    name="Facility",
    label="Facility",
    plural="Facilities",
    about="A place where people are held, tried or treated against their will.",
    extends=("Thing",),
    properties=(
        Property(
            "kind", Kind.STRING, "Kind", "Which kind, never merged.", vocabulary="facility-kinds"
        ),
        Property("latitude", Kind.NUMBER, "Latitude", "Degrees north, as a decimal."),
        Property("longitude", Kind.NUMBER, "Longitude", "Degrees east, as a decimal."),
        Property("capacity", Kind.NUMBER, "Capacity", "Places for people, as planned or stated."),
        Property("startDate", Kind.DATE, "Start date", "When it began to be used."),
        Property("endDate", Kind.DATE, "End date", "When it ceased to be used."),
        Property(
            "operator", Kind.ENTITY, "Operator", "Who runs it.", "LegalEntity", "facilitiesRun"
        ),
        Property("code", Kind.STRING, "Code", "Its number or cover name in the source."),
    ),
    featured=("name", "kind", "country"),
    caption=("name", "alias", "code"),
)

FACILITY_STATE = Schema(
    name="FacilityState",
    label="State of a facility",
    plural="States of facilities",
    about="How a facility stood on a day or over a time, as one source words it.",
    extends=("Interval",),
    properties=(
        Property("facility", Kind.ENTITY, "Facility", "Which.", "Facility", "states"),
        Property(
            "state",
            Kind.STRING,
            "State",
            "In use, being built, closed, and so on.",
            vocabulary="facility-states",
        ),
        Property(
            "kind", Kind.STRING, "Kind", "As what it was used then.", vocabulary="facility-kinds"
        ),
        Property("headcount", Kind.NUMBER, "Headcount", "People held."),
        Property("capacity", Kind.NUMBER, "Capacity", "Places for people."),
        Property("wording", Kind.TEXT, "Wording", "What the source says, word for word."),
    ),
    featured=("facility", "state", "headcount", "date"),
    required=("facility",),
    caption=("state", "wording"),
)
