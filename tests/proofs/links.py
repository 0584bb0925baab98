"""A link keeps its word: passages are linked, the collection changes, every link is followed.

    python -m tests.proofs.links CORPUS ... [--links 1000] [--each 2] [--seed 1]

Copies of real reports (TXT, DOCX, PDF) are indexed. Random passages are linked in every way there
is: cut out of the text, taken from results, from a paragraph's own link, from what is selected in
the page. Then files and readings change as `changing` says, run by run. Every link is followed by
`Library.resolve` and on the page: in the index as it became, without its segments and with these
built again, in its catalogue carried to where the files are not, and in an index made anew of the
folder elsewhere; `following` says what is right. Exit status 1 if anything differs.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.collection import update
from indexer.config import Config
from indexer.library import Library
from tests.proofs.changing import CHANGES
from tests.proofs.following import id_of, truth
from tests.proofs.keeping import Change, World, folder_of, gather
from tests.proofs.landing import Tally, follow
from tests.proofs.linking import links
from webapp import create_app

COLUMNS = (
    *("same", "moved", "ambiguous", "gone", "unknown"),
    *("replaced", "withdrawn", "says so", "several times", "no more"),
)


@dataclass(frozen=True)
class Proof:
    """What became of the links: by the state of the index, then by change."""

    tallies: Mapping[str, Mapping[str, Tally]]
    reports: int

    @property
    def differences(self) -> list[str]:
        return [
            f"{state}, {change}: {line}"
            for state, by_change in self.tallies.items()
            for change, tally in by_change.items()
            for line in tally.differences
        ]

    @property
    def landings(self) -> int:
        """Links that led to other words than were linked."""
        return sum(
            tally.landings for by_change in self.tallies.values() for tally in by_change.values()
        )

    def counts(self, state: str) -> Counter[str]:
        """How many links ended how in a state of the index."""
        return sum(self.tallies[state].values(), Tally()).counts


def prove(
    place: Path,
    sources: Sequence[Path],
    number: int,
    each: int,
    seed: int,
    changes: Sequence[Change] = CHANGES,
) -> Proof:
    """Follow so many links in a new folder, `each` reports for every change."""
    world = World(place, seed)
    gather(world, sources, changes, each)
    world.run()
    paths = {
        path: change
        for change in changes
        for path in sorted(folder_of(world, change).iterdir())
        if str(path) in world.history
    }
    of = {id_of(path.read_bytes()): change.name for path, change in paths.items()}
    world.links.extend(links(world, paths, number))
    states = {"before anything changed": _followed(world, of, world.config, pages=False)}
    for step in range(max(len(change.steps) for change in changes)):
        for path, change in paths.items():
            if step < len(change.steps):
                change.steps[step](world, path)
        world.run()
    states["after all changes"] = _followed(world, of, world.config)
    shutil.rmtree(world.config.segments)
    states["segments missing"] = _followed(world, of, world.config)
    update(world.config)
    states["segments built again"] = _followed(world, of, world.config, pages=False)
    carried = Config(place / "elsewhere" / "index", workers=1)
    carried.index.mkdir(parents=True)
    shutil.copyfile(world.config.catalogue, carried.catalogue)
    world.folder.rename(place / "elsewhere" / "reports")
    update(carried)
    states["catalogue without its files"] = _followed(world, of, carried, pages=False)
    anew = World(place / "elsewhere", seed)
    shutil.rmtree(carried.index)
    anew.run()
    anew.links = world.links
    states["index made anew elsewhere"] = _followed(anew, of, anew.config)
    return Proof(states, len(of))


def _followed(
    world: World, of: Mapping[str, str], config: Config, *, pages: bool = True
) -> dict[str, Tally]:
    """What becomes of all links, by change."""
    library, client = Library(config), create_app(config).test_client() if pages else None
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for link in world.links:
        right = truth(link, world.texts, world.history) if link.report in world.texts else None
        follow(link, right, library, client, tallies[of[link.report]])
    return tallies


def table(tallies: Mapping[str, Tally]) -> str:
    """A line for each change, and their sum."""
    whole = sum(tallies.values(), Tally())
    width = max(map(len, tallies))
    lines = [" | ".join([f"{'':{width}}", "links", *COLUMNS, "wrong", "other words"])]
    for name, tally in [*tallies.items(), ("all", whole)]:
        counts = [f"{tally.counts[column] or '':>{len(column)}}" for column in COLUMNS]
        wrong = f"{len(tally.differences):>5} | {tally.landings:>11}"
        lines.append(" | ".join([f"{name:{width}}", f"{tally.links:>5}", *counts, wrong]))
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--links", type=int, default=1000)
    parser.add_argument("--each", type=int, default=2, help="reports for every change")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        proof = prove(Path(place), given.corpus, given.links, given.each, given.seed)
    for state, tallies in proof.tallies.items():
        print(f"\n{state}\n{table(tallies)}")
    print(*proof.differences[:100], sep="\n")
    print(
        f"{given.links} links into {proof.reports} reports, followed in {len(proof.tallies)} states"
        f" of the index: {len(proof.differences)} differences from the truth,"
        f" {proof.landings} led to other words"
    )
    return 1 if proof.differences else 0


if __name__ == "__main__":
    sys.exit(main())
