"""What people settled, brought into force in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.catalogue import Catalogue
from indexer.metadata.cells import FIELDS, write_cell
from indexer.planning import Plan, is_in_any
from indexer.recorder import Recorder

NAMES = {
    "title": "标题",
    "region": "地区",
    "year": "年份",
    "topics": "主题",
    "issuer": "发文机关",
    "date": "日期",
    "kind": "文种",
    "number": "发文字号",
}
"""What people call the columns."""


@dataclass(frozen=True, slots=True)
class Overridden:
    """A value that a person settled otherwise than it was found; both as metadata.csv has them.

    "" is undecided. `file` and `row` say where in which metadata.csv.
    """

    report: str
    path: str
    field: str
    found: str
    settled: str
    file: str
    row: int


def override(recorder: Recorder, plan: Plan) -> tuple[str, ...]:
    """Bring the metadata in force up to what was found and to the metadata.csv files.

    Where a folder cannot be looked into, what was settled for its reports stays. Gives sentences
    on copies of a file of which different things are said.
    """
    clashes: list[str] = []
    with recorder.transaction():
        # Without rules only what earlier ones have settled can need changing.
        differing = not plan.rules.files
        for known in list(recorder.all_metadata(differing=differing)):
            here = [path for path in known.paths if is_in_any(path, plan.folders)]
            if here and not any(is_in_any(path, plan.out_of_sight) for path in here):
                now = plan.rules.settle(known.report, known.found, known.paths)
                clashes += now.clashes
                if (now.metadata, now.grounds) != (known.metadata, known.settled):
                    recorder.set_metadata(known.report, now.metadata, now.grounds)
    return tuple(dict.fromkeys(clashes))


def overridden(catalogue: Catalogue) -> Iterator[Overridden]:
    """What is in force otherwise than it was found, by path."""
    for known in sorted(catalogue.all_metadata(differing=True), key=lambda known: known.paths):
        sources = {ground.field: ground for ground in known.settled}
        for field in FIELDS:
            found, settled = getattr(known.found, field), getattr(known.metadata, field)
            if found != settled and field in sources:
                yield Overridden(
                    report=known.report,
                    path=known.paths[0],
                    field=field,
                    found=write_cell(field, found),
                    settled=write_cell(field, settled),
                    file=sources[field].file,
                    row=sources[field].row,
                )
