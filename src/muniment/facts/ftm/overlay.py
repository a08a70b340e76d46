"""The overlay's schemata as the YAML files that FollowTheMoney loads, and the model as a page."""

import json
from collections.abc import Iterator
from typing import Any

from muniment.facts.model import OVERLAY, Property, Schema

_STEP = "  "


def overlay_files() -> dict[str, bytes]:
    """Each overlay schema as a file of FollowTheMoney's schema language: name, content."""
    return {f"{each.name}.yaml": _file(each) for each in OVERLAY}


def _file(schema: Schema) -> bytes:
    return ("\n".join(_lines({schema.name: _plain(schema)}, "")) + "\n").encode()


def _plain(schema: Schema) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "label": schema.label,
        "plural": schema.plural,
        "description": schema.about,
        "extends": list(schema.extends),
        "matchable": False,
        "featured": list(schema.featured),
        "required": list(schema.required),
        "caption": list(schema.caption),
    }
    if schema.edge is not None:
        plain["edge"] = {
            "source": schema.edge.source,
            "label": schema.edge.label,
            "target": schema.edge.target,
            "directed": True,
        }
    if "Interval" not in schema.extends and any(p.name == "startDate" for p in schema.properties):
        plain["temporalExtent"] = {"start": ["startDate"], "end": ["endDate"]}
    plain["properties"] = {each.name: _property(each, schema) for each in schema.properties}
    return {name: value for name, value in plain.items() if value not in ([], {})}


def _property(each: Property, schema: Schema) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "label": each.label,
        "description": each.about,
        "type": each.kind.value,
    }
    if each.target != "":
        plain["range"] = each.target
        plain["reverse"] = {"name": each.reverse, "label": schema.plural}
    return plain


def _lines(value: dict[str, Any], indent: str) -> Iterator[str]:
    """A mapping in YAML; texts are quoted as in JSON, which YAML reads alike."""
    for name, item in value.items():
        if isinstance(item, dict):
            yield f"{indent}{name}:"
            yield from _lines(item, indent + _STEP)
        elif isinstance(item, list):
            yield f"{indent}{name}:"
            yield from (f"{indent}{_STEP}- {each}" for each in item)
        else:
            yield f"{indent}{name}: {json.dumps(item, ensure_ascii=False)}"
