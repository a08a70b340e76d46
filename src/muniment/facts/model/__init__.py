"""The model of facts: schemata, properties, vocabularies, and how they leave as stock entities."""

from muniment.facts.model.carried import CARRIED, Part, carried_as, parts_of
from muniment.facts.model.model import (
    OVERLAY,
    SCHEMATA,
    is_a,
    properties_of,
    property_named,
    property_of,
    schema_of,
)
from muniment.facts.model.schema import Edge, Kind, Property, Schema
from muniment.facts.model.stock import STOCK
from muniment.facts.model.vocabularies import VOCABULARIES, read_code, vocabulary_of
from muniment.facts.model.vocabulary import Code, Vocabulary

__all__ = [
    "CARRIED",
    "OVERLAY",
    "SCHEMATA",
    "STOCK",
    "VOCABULARIES",
    "Code",
    "Edge",
    "Kind",
    "Part",
    "Property",
    "Schema",
    "Vocabulary",
    "carried_as",
    "is_a",
    "parts_of",
    "properties_of",
    "property_named",
    "property_of",
    "read_code",
    "schema_of",
    "vocabulary_of",
]
