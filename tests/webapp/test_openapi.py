"""The API keeps to its description: requests made from it find nothing that is not in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate
from schemathesis import GenerationMode

from indexer.config import Config
from webapp import create_app


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_what_the_description_promises_holds(samples_index: Config, mode):
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", create_app(samples_index))
    operations = [result.ok() for result in schema.get_all_operations()]
    assert operations
    for operation in operations:

        @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
        @given(operation.as_strategy(generation_mode=mode))
        def holds(case):
            # Over WSGI nothing unpacks what the server has packed.
            case.call_and_validate(headers={"Accept-Encoding": "identity"})

        holds()


def test_the_description_is_openapi(client):
    document = client.get("/api/openapi.json").json
    validate(document)
    assert document["openapi"].startswith("3.1")


def test_every_route_is_described_and_every_described_one_is_there(app: Flask, client):
    routes = {
        re.sub(r"<(?:\w+:)?(\w+)>", "{}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and rule.rule != "/api/openapi.json"
    }
    document = client.get("/api/openapi.json").json
    assert {re.sub(r"\{\w+\}", "{}", path) for path in document["paths"]} == routes


def test_the_page_names_every_operation_parameter_and_object(client):
    document = client.get("/api/openapi.json").json
    page = client.get("/api").text
    for path, item in document["paths"].items():
        assert path in page
        for parameter in item["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in page
    for name in document["components"]["schemas"]:
        assert f'id="{name}"' in page


def test_the_examples_are_there_to_be_opened(client):
    for path in re.findall(r'href="(/api/[^"#]+)"', client.get("/api").text):
        assert client.get(path.replace("&amp;", "&")).status_code == 200


def test_the_descriptions_come_in_english(client):
    document = client.get("/api/openapi.json?lang=en").text
    assert "report" in document
    assert not re.search(r'"(?:summary|description)":"[^"]*[\u4e00-\u9fff]', document)


def undescribed(value, schema, components, path="") -> Iterator[str]:
    """Where an answer holds a field that its schema does not name."""
    if "$ref" in schema:
        schema = components[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        told = [list(undescribed(value, each, components, path)) for each in schema["anyOf"]]
        yield from min(told, key=len)
    elif isinstance(value, dict):
        if schema.get("type") != "object":
            yield path
        known = schema.get("properties", {})
        for name, inner in value.items():
            if name in known:
                yield from undescribed(inner, known[name], components, f"{path}.{name}")
            else:
                yield f"{path}.{name}"
    elif isinstance(value, list):
        for inner in value:
            yield from undescribed(inner, schema.get("items", {}), components, f"{path}[]")


def test_answers_hold_no_field_that_is_not_described(client, town):
    document = client.get("/api/openapi.json").json
    components = document["components"]["schemas"]
    words = town.library.search("“法治政府建设”").hits[0].passages[0].address
    asked = {
        "/api/search": ["q=“法治政府建设”", "q=“没有这几个字”&year=2025", "q=“法治”&view=wordings"],
        "/api/suggest": ["q=法治"],
        "/api/reports/{id}": [town.new, town.old],
        "/api/reports/{id}/copies": [town.new],
        "/api/passages/{address}": [words, words.replace(town.new, town.old)],
        "/api/passages/{address}/copies": [words],
        "/api/passages/of": [f"report={town.new}&start=0&length=4"],
    }
    assert set(asked) == set(document["paths"])
    for path, wishes in asked.items():
        (media,) = document["paths"][path]["get"]["responses"]["200"]["content"].values()
        for wish in wishes:
            url = re.sub(r"\{\w+\}", wish, path) if "{" in path else f"{path}?{wish}"
            answer = client.get(url)
            assert answer.status_code == 200, url
            assert list(undescribed(answer.json, media["schema"], components)) == [], url
