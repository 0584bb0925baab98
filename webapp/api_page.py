"""The API's description as a page: the same document, for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext

from webapp.openapi import Operation
from webapp.pages import ApiPage, FieldView, OperationView, SchemaView
from webapp.params import SearchParams


def api_page(document: Mapping[str, Any], operations: Iterable[Operation]) -> ApiPage:
    """`document` is what `described` made of `operations`."""
    return ApiPage(
        SearchParams(),
        tuple(_operation(document["paths"][each.path]["get"], each) for each in operations),
        tuple(
            SchemaView(
                name,
                tuple(
                    _field(field, inner, inner.get("description", ""))
                    for field, inner in schema["properties"].items()
                ),
            )
            for name, schema in document["components"]["schemas"].items()
        ),
    )


def _operation(described: Mapping[str, Any], operation: Operation) -> OperationView:
    return OperationView(
        path=operation.path,
        summary=described["summary"],
        description=described["description"],
        parameters=tuple(
            _field(each["name"], each["schema"], each["description"])
            for each in described["parameters"]
        ),
        answer=operation.answer.__name__ if operation.answer else operation.media,
        statuses=tuple(
            (str(status), str(answer["description"]))
            for status, answer in described["responses"].items()
        ),
        example=_example(operation),
    )


def _example(operation: Operation) -> str:
    path, query = operation.path, []
    for each in operation.parameters:
        if each.in_path:
            path = path.replace(f"{{{each.name}}}", str(each.example))
        elif each.example != "":
            query.append((each.name, str(each.example)))
    return f"{path}?{urlencode(query)}" if query else path


def _field(name: str, schema: Mapping[str, Any], description: str) -> FieldView:
    return FieldView(name, _type(schema), description, _inside(schema))


def _type(schema: Mapping[str, Any]) -> str:
    """A schema in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " | ".join(map(_type, schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"] if each != "")
    if schema.get("type") == "array":
        return str(gettext("%(type)s 的列表", type=_type(schema.get("items", {}))))
    return str(schema.get("type", ""))


def _inside(schema: Mapping[str, Any]) -> str | None:
    if "$ref" in schema:
        return _type(schema)
    parts: Iterable[Any] = [schema["items"]] if "items" in schema else schema.get("anyOf", ())
    return next(filter(None, map(_inside, parts)), None)
