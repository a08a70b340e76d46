"""The truth about a table: which rows are what, and what each column may honestly be called.

Properties are qualified as in FollowTheMoney and its overlay; `*` stands for any schema or any
property, and the empty text for "nothing": a serial number or a file reference states nothing of
a person.
"""

from enum import StrEnum

import msgspec

NOTHING = ""


class RowKind(StrEnum):
    """What a row is for."""

    TITLE = "title"
    HEADER = "header"
    DATA = "data"
    REPEATED_HEADER = "repeated header"
    SECTION = "section"
    TOTAL = "total"
    NOTE = "note"
    BLANK = "blank"


class ColumnTruth(msgspec.Struct, frozen=True):
    """Column from 1, its heading as written (of two rows joined by a line break), its answers."""

    column: int
    heading: str
    content: str
    expected: tuple[str, ...]


class TableTruth(msgspec.Struct, frozen=True):
    """All that is known of a table; rows are counted from 1."""

    name: str
    language: str
    sort: str  # detainees, visitors …
    header_rows: tuple[int, ...]
    first_data_row: int
    rows: tuple[RowKind, ...]
    columns: tuple[ColumnTruth, ...]


EXPECTED: dict[str, tuple[str, ...]] = {
    "serial": (NOTHING,),
    "ref": (NOTHING,),
    "name": ("Person:name",),
    "given": ("Person:firstName",),
    "surname": ("Person:lastName",),
    "fathername": ("Person:fatherName",),
    "mothername": ("Person:motherName",),
    "alias": ("Person:alias", "Person:weakAlias"),
    "sex": ("Person:gender",),
    "born": ("Person:birthDate",),
    "age": (NOTHING, "*:age"),
    "id": ("Person:idNumber",),
    "passport": ("Person:passportNumber",),
    "phone": ("Person:phone",),
    "email": ("Person:email",),
    "ethnicity": ("Person:ethnicity",),
    "nationality": ("Person:nationality", "Person:citizenship"),
    "religion": ("Person:religion",),
    "education": ("Person:education",),
    "position": ("Person:position", "Post:*"),
    "profession": ("Person:profession", "Person:position"),
    "workplace": (NOTHING, "Employment:*", "Post:*", "*:organization", "Organization:name"),
    "marital": (NOTHING, "*:maritalStatus", "Person:status"),
    "address": ("Person:address",),
    "birthplace": ("Person:birthPlace",),
    "status": ("Person:status", "Detention:status"),
    "note": ("*:notes", "*:description", "*:summary"),
    "reason": ("Detention:reason",),
    "charge": ("Sentence:charge", "Charge:*"),
    "sentence": ("Sentence:duration", "Sentence:wording"),
    "court": ("Sentence:court",),
    "facility": ("Detention:facility", "Detention:place", "Facility:name"),
    "fkind": ("Facility:kind",),
    "kin": ("Relation:kind", "Relation:relationship"),
    "relation": ("Relation:kind", "Relation:relationship"),
    "died": ("Person:deathDate",),
    "cause": (NOTHING, "*:notes", "*:description", "*:deathCause"),
    "lat": ("Facility:latitude",),
    "lon": ("Facility:longitude",),
    "latlon": ("Facility:latitude", "Facility:longitude", "*:coordinates"),
    "capacity": ("Facility:capacity", "FacilityState:capacity"),
    "count": (NOTHING, "FacilityState:headcount"),
    "amount": (NOTHING,),
    "height": (NOTHING, "Person:height", "Person:appearance"),
    "weight": (NOTHING, "Person:weight", "Person:appearance"),
    "household": (NOTHING, "Household:*", "Relation:*"),
    "photo": (NOTHING, "PhotoOf:*", "*:photo"),
    "empty": (NOTHING,),
}
# Names for longer answers in the wordings.
SHORT: dict[str, tuple[str, ...]] = {
    "start": ("Detention:startDate",),
    "released": ("Detention:endDate",),
    "place": ("Detention:place",),
    "sentenced": ("Sentence:date",),
    "nothing": (NOTHING,),
    "relname": ("Relation:person", "Person:name", "Relation:*"),
    "visit": (NOTHING, "Event:*", "Visit:*", "*:date"),
    "crossing": (NOTHING, "Trip:*", "Event:*", "*:date", "*:startDate", "*:endDate"),
    "where": (NOTHING, "Trip:*", "Event:*", "*:country", "Person:address", "*:place"),
    "order": (
        NOTHING,
        "Order:*",
        "Document:*",
        "*:description",
        "*:notes",
        "Person:position",
        "Organization:name",
    ),
    "orderdate": (NOTHING, "Order:*", "Document:*", "*:date"),
    "facname": ("Facility:name",),
    "facaddress": ("*:address",),
    "opened": ("Facility:startDate", "FacilityState:startDate"),
    "closed": ("Facility:endDate", "FacilityState:endDate"),
    "moved": ("Detention:startDate", "Detention:endDate", "*:date"),
    "postdate": (NOTHING, "Post:*", "Employment:*"),
    "idnum": ("Person:idNumber", "Person:socialSecurityNumber", "Person:taxNumber"),
    "placeof": (NOTHING, "*:place", "*:deathPlace", "Person:address", "Detention:place"),
    "lastseen": (NOTHING, "Event:*", "*:date", "Detention:startDate"),
    "note": ("*:notes", "*:description", "*:summary"),
    "name": ("Person:name", "Person:alias"),
    "authority": ("Detention:authority", "*:organization", "Organization:name"),
    "officer": ("Relation:person", "Person:name", "Relation:*", "Post:*", "*:authority"),
    "cell": ("Detention:cell", "Detention:building"),
    "takenfrom": ("Detention:place", "*:location", "*:address", "Event:*"),
    "prisonerno": (NOTHING, "Person:registrationNumber", "Person:idNumber", "*:recordId"),
    "caseno": (NOTHING, "*:recordId", "Sentence:reference", "Order:reference"),
    "outcome": ("*:status", "Detention:*", "Sentence:*", "*:notes", "*:description"),
    "health": (NOTHING, "*:notes", "*:description", "*:summary", "*:status"),
    "cause": (NOTHING, "*:notes", "*:description", "*:deathCause"),
    "rank": ("Post:*", "Person:title", "Person:position"),
    "any": ("*:*", NOTHING),
}
