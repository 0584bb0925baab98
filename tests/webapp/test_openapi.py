"""The API keeps to its description: requests made from it find nothing that is not in it."""

from __future__ import annotations

import re

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
