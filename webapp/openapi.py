"""The API's description, OpenAPI 3.1, made from the operations that the API's modules declare.

Schemas of answers come from their types in `indexer.contract`; apispec puts the document
together. https://spec.openapis.org/oas/v3.1.1.html
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from importlib.metadata import version
from typing import Any, get_type_hints

import msgspec
from apispec import APISpec
from flask_babel import LazyString, gettext

from indexer import contract
from indexer.contract import ProblemJson

PROBLEM = "application/problem+json"
JSON = "application/json"
_SCHEMAS = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What stands in an operation's address. `type` is what msgspec can make a schema of."""

    name: str
    type: object
    description: LazyString
    example: str | int
    in_path: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be asked of the API: GET `path`, whose parameters stand in {braces}.

    `answer` is the type of its JSON, or None where `media` names another format. `refusals`
    are the statuses it may refuse with, each with a problem document.
    """

    name: str
    path: str
    summary: LazyString
    description: LazyString
    parameters: tuple[Parameter, ...]
    answer: type | None
    refusals: tuple[HTTPStatus, ...]
    media: str = JSON


def with_examples(
    operations: Iterable[Operation], examples: Mapping[str, str]
) -> tuple[Operation, ...]:
    """The operations with what this collection holds as examples, by name of the parameter."""
    return tuple(
        replace(
            operation,
            parameters=tuple(
                replace(each, example=examples.get(each.name, each.example))
                for each in operation.parameters
            ),
        )
        for operation in operations
    )


def described(operations: Sequence[Operation], server: str) -> dict[str, Any]:
    """The whole document; `server` is the address that the paths stand behind."""
    spec = APISpec(
        title=gettext("Tifa 提法"),
        version=version("tifa-search"),
        openapi_version="3.1.0",
        info={"description": gettext("政府报告全文检索。回答与 tifa search --json 相同。")},
        servers=[{"url": server}],
    )
    answers = [operation.answer for operation in operations if operation.answer is not None]
    parameters = [each for operation in operations for each in operation.parameters]
    schemas, components = msgspec.json.schema_components(
        (*(each.type for each in parameters), *answers, ProblemJson),
        ref_template=_SCHEMAS + "{name}",
    )
    of = dict(zip(parameters, schemas, strict=False))
    for name, schema in components.items():
        spec.components.schema(name, _translated(_in_order(name, schema)))
    for operation in operations:
        spec.path(operation.path, operations={"get": _operation(operation, of)})
    return spec.to_dict()


def _operation(operation: Operation, of: Mapping[Parameter, Any]) -> dict[str, Any]:
    content = (
        {operation.media: {"schema": _reference(operation.answer)}}
        if operation.answer is not None
        else {operation.media: {}}
    )
    responses: dict[str, Any] = {"200": {"description": HTTPStatus.OK.phrase, "content": content}}
    for status in operation.refusals:
        responses[str(int(status))] = {
            "description": status.phrase,
            "content": {PROBLEM: {"schema": _reference(ProblemJson)}},
        }
    return {
        "operationId": operation.name,
        "summary": str(operation.summary),
        "description": str(operation.description),
        "parameters": [_parameter(parameter, of[parameter]) for parameter in operation.parameters],
        "responses": responses,
    }


def _parameter(parameter: Parameter, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "path" if parameter.in_path else "query",
        "required": parameter.in_path or parameter.required,
        "description": str(parameter.description),
        "schema": schema,
        **({"example": parameter.example} if parameter.example != "" else {}),
    }


def _reference(answer: type) -> dict[str, str]:
    return {"$ref": _SCHEMAS + answer.__name__}


def _in_order(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with its properties in the order in which the type names them.

    Without the type's docstring, which is for those who read the code.
    """
    order = get_type_hints(getattr(contract, name))
    return {
        **{key: value for key, value in schema.items() if key != "description"},
        "properties": {field: schema["properties"][field] for field in order},
        "required": [field for field in order if field in schema["required"]],
    }


def _translated(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: gettext(value) if key == "description" else _inside(value)
        for key, value in schema.items()
    }


def _inside(value: object) -> object:
    if isinstance(value, dict):
        return _translated(value)
    return list(map(_inside, value)) if isinstance(value, list) else value
