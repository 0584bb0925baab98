"""A template uses every field of its context, and nothing else of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from inspect import getmembers, isfunction

import pytest
from flask import Flask
from jinja2 import Environment, meta, nodes

from webapp.pages import PAGES

SHELL = {"template", "params"}
"""What the frame around every page uses."""


def sources(environment: Environment, name: str) -> Iterator[nodes.Template]:
    """The template and all that it extends, includes or imports."""
    waiting, seen = [name], set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        source, _, _ = environment.loader.get_source(environment, current)
        tree = environment.parse(source)
        yield tree
        waiting += [found for found in meta.find_referenced_templates(tree) if found]


def used(environment: Environment, name: str) -> set[str]:
    return {
        node.attr
        for tree in sources(environment, name)
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == "page"
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_a_template_uses_exactly_the_fields_of_its_context(app: Flask, page: type):
    assert is_dataclass(page)
    assert used(app.jinja_env, page.template) == {field.name for field in fields(page)} | SHELL


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_a_context_says_what_it_is_for(page: type):
    assert page.__doc__
    assert not page.__doc__.startswith(f"{page.__name__}(")
    assert not [name for name, _ in getmembers(page, isfunction) if not name.startswith("_")]


def test_no_template_trusts_text(app: Flask):
    for name in app.jinja_env.list_templates():
        source, _, _ = app.jinja_env.loader.get_source(app.jinja_env, name)
        filters = {node.name for node in app.jinja_env.parse(source).find_all(nodes.Filter)}
        assert "safe" not in filters, name
        assert "autoescape" not in source, name
