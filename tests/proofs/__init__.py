"""Proofs too large for the suite, as scripts; the suite runs a sample of each.

python -m tests.proofs.phrases     every quoted phrase is exact
python -m tests.proofs.trees       every form of query finds, counts and narrows as a naive scan
python -m tests.proofs.committing  every answer is from one committed state
python -m tests.proofs.crashes     a killed run loses nothing
python -m tests.proofs.regions     whose the real reports are
python -m tests.proofs.links       a link keeps its word, whatever becomes of files and readings
python -m tests.proofs.odd         odd queries are answered within a second
python -m tests.proofs.describing  years and titles of a corpus, and what describing costs

`scan` is brute force over folded texts, `raw` a regular expression over raw ones; `altering` and
`queries` draw what is asked, `generations` what is committed, `indexes` says over which indexes.
`keeping`, `linking`, `changing`, `following` and `landing` are what `links` is made of.
"""
