"""`/api`: the description of the API as a page, made from the OpenAPI that programs read."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response

from muniment.app.web.templating import page

router = APIRouter()


class Field(msgspec.Struct, frozen=True):
    """A parameter of an operation or a member of a type; `types` are names of types, or words."""

    name: str
    types: tuple[str, ...]
    required: bool
    told: str
    where: str = ""


class Answer(msgspec.Struct, frozen=True):
    """One way in which an operation is answered."""

    status: str
    told: str
    types: tuple[str, ...]


class Operation(msgspec.Struct, frozen=True):
    """One thing that can be asked."""

    method: str
    path: str
    summary: str
    told: str
    fields: tuple[Field, ...]
    body: tuple[str, ...]
    answers: tuple[Answer, ...]


class Type(msgspec.Struct, frozen=True):
    """One type of object that goes in or out."""

    name: str
    told: str
    fields: tuple[Field, ...]


@router.get("/api")
def reference(request: Request) -> Response:
    """What can be asked, what comes back, and the types of both."""
    described = request.app.state.api.openapi()
    return page(
        request,
        "api.html",
        about=described["info"],
        operations=tuple(_operations(described["paths"])),
        types=tuple(_types(described["components"]["schemas"])),
    )


def _operations(paths: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in paths.items():
        for method, said in methods.items():
            yield Operation(
                method=method.upper(),
                path=f"/api/v1{path}",
                summary=said.get("summary", ""),
                told=said.get("description", ""),
                fields=tuple(
                    Field(
                        each["name"],
                        tuple(_named(each["schema"])),
                        each.get("required", False),
                        each.get("description", ""),
                        each["in"],
                    )
                    for each in said.get("parameters", ())
                ),
                body=tuple(_of_content(said.get("requestBody", {}))),
                answers=tuple(
                    Answer(status, each["description"], tuple(_of_content(each)))
                    for status, each in sorted(said["responses"].items())
                ),
            )


def _types(schemas: Mapping[str, Any]) -> Iterator[Type]:
    for name, said in sorted(schemas.items()):
        required = said.get("required", ())
        fields = tuple(
            Field(member, tuple(_named(schema)), member in required, schema.get("description", ""))
            for member, schema in said.get("properties", {}).items()
        )
        yield Type(name, said.get("description", ""), fields)


def _of_content(said: Mapping[str, Any]) -> Iterator[str]:
    for media, each in said.get("content", {}).items():
        yield from _named(each["schema"]) if "json" in media else (media,)


def _named(schema: Mapping[str, Any]) -> Iterator[str]:
    """The names of the types that a schema allows; of a list, those of what is in it."""
    if "$ref" in schema:
        yield schema["$ref"].rpartition("/")[2]
    elif "const" in schema:
        yield f'"{schema["const"]}"'
    elif "items" in schema:
        yield from (f"list of {name}" for name in _named(schema["items"]))
    elif "prefixItems" in schema:
        yield "a pair of texts"
    elif "oneOf" in schema or "anyOf" in schema:
        for each in schema.get("oneOf", schema.get("anyOf", ())):
            yield from _named(each)
    else:
        words = ("pattern", "minimum", "maximum", "minLength", "maxLength", "default")
        told = [f"{word} {schema[word]}" for word in words if schema.get(word) not in (None, "")]
        yield ", ".join([str(schema.get("type", "anything")), *told])
