"""Proofs too large for the suite, as scripts; the suite runs a sample of each.

python -m tests.proofs.phrases     every quoted phrase is exact
python -m tests.proofs.crashes     a killed run loses nothing
"""
