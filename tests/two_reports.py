"""A folder small enough to keep in mind: two reports, and what becomes of one of them."""

from __future__ import annotations

from indexer.config import Config
from indexer.library import Library

FIRST = "甲县人民政府2024年工作报告\n\n全年新建改建农村公路一百公里，群众出行更加方便。\n"
SECOND = "乙市教育局2025年工作总结\n\n全年新增公办学位三千个，入学难题进一步缓解。\n"
EDITED = FIRST.replace("一百公里", "二百公里")


def ids(config: Config, query: str) -> list[str]:
    """The ids that a search of the index gives, in its order."""
    return [hit.id for hit in Library(config).search(query).hits]
