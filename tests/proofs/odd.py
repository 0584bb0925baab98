"""Queries that nobody would type on purpose: an answer or a clear problem, and how long it takes.

    python -m tests.proofs.odd INDEX

Exit status 1 if one of them takes a second or more.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from indexer.config import Config
from indexer.errors import TifaError
from indexer.library import Library
from indexer.results import Mode

_RUN = "推进法治政府建设优化营商环境"
_MANY = [chr(0x4E00 + number) + chr(0x4E10 + 3 * number) for number in range(500)]

QUERIES = {
    "10,000 characters": _RUN * 715,
    "10,000 different characters": "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(10_000)),
    "10,000 characters in quotes": f'"{_RUN * 715}"',
    "500 words joined by OR": " OR ".join(_MANY),
    "500 phrases joined by OR": " OR ".join(f'"{word}"' for word in _MANY),
    "300 words in one sentence": f"同句({' '.join(['法治', '政府', '建设'] * 100)})",
    "200 nested brackets": "(" * 200 + "法治" + ")" * 200,
    "200 brackets never closed": "(" * 200 + "法治",
    "200 nested negations": "-(" * 200 + "法治" + ")" * 200,
    "a lone quote": '"',
    "a lone Chinese quote": "「",
    "a lone OR": "OR",
    "a lone 或": "或",
    "a lone minus": "-",
    "operators only": "AND NOT OR",
    "punctuation only": "，。！？；：、…—",
    "ASCII punctuation only": "!@#$%^&*()_+",
    "blanks only": "   ",
    "stop words only": "的 了 是 在 和",
    "stop words in quotes": '"的" "了" "在" "和"',
    "stop words in order": '"的" … "和" … "了"',
    "one character 2,000 times": "的" * 2000,
    "invisible characters only": "\u200b\u200d",
    "half a surrogate pair": "法\ud800治",
    "control characters": "法\x00治\x1f",
    "a field without a value": "title:",
    "a year that is none": "year:20x",
    "200 numbers": "1 2 3 4 5 6 7 8 9 0 " * 20,
}


def answer(library: Library, typed: str, mode: str = Mode.WORDS, *, whole: bool = False) -> str:
    """How many reports, or the problem in words; raises nothing."""
    try:
        results = library.search(typed, mode=mode, whole_numbers=whole)
    except TifaError as error:
        return str(error)
    return f"{results.total} reports, {len(results.search.problems)} problems"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("index", type=Path)
    library = Library(Config(parser.parse_args().index))
    library.counts()
    longest = 0.0
    for name, typed in QUERIES.items():
        for mode in Mode:
            for whole in (False, True):
                begun = time.perf_counter()
                said = answer(library, typed, mode, whole=whole)
                taken = time.perf_counter() - begun
                longest = max(longest, taken)
                print(f"{taken * 1000:7.1f} ms  {name}, {mode}{', whole' * whole}: {said}")
    print(f"\nthe longest took {longest:.2f} s")
    return 1 if longest >= 1 else 0


if __name__ == "__main__":
    sys.exit(main())
