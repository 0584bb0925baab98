"""What of a query is looked for as text: the strings that are counted and marked.

The engine counts and the passages mark the same strings, so that the number beside a report is
the number of places one can step through on its page.
"""

from __future__ import annotations

from indexer.folding import fold_query
from indexer.query.nodes import Leaf, Node, Phrase, wanted_leaves
from indexer.words import words


def marked_terms(tree: Node) -> tuple[str, ...]:
    """The folded strings of a query, each once, in the order of the query."""
    terms = (term for leaf in wanted_leaves(tree) for term in leaf_terms(leaf))
    return tuple(dict.fromkeys(terms))


def leaf_terms(leaf: Leaf) -> tuple[str, ...]:
    """The folded strings of one leaf: a phrase whole, words one by one.

    Single ideographs among longer words (的, 年) are not worth a mark.
    """
    folded = fold_query(leaf.text)
    if isinstance(leaf, Phrase):
        return (folded,)
    pieces = tuple(dict.fromkeys(words(folded)))
    return tuple(piece for piece in pieces if len(piece) > 1) or pieces


def only_phrases(tree: Node) -> bool:
    """Whether occurrences of the query can be counted exactly."""
    leaves = tuple(wanted_leaves(tree))
    return bool(leaves) and all(isinstance(leaf, Phrase) for leaf in leaves)
