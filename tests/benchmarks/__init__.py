"""Tifa beside other engines, on the same synthetic texts, in the same run.

- `synthetic`: collections of any size, resampled from real texts.
- `work`: what is searched for, and the right answers.
- `contenders`: what is asked of each engine. `ours` is Tifa; `peers/` are the others.
- `measuring`: the stop watch; indexing in processes of their own.
- `report`: tables.

Run it: `python -m tests.benchmarks --help`.
"""
