"""What was typed -> a tree of frozen nodes.

- `nodes`: the tree; `str(tree)` is a query that parses back to it.
- `tokens`: the signs of the language, and where each counts as one.
- `syntax`: the parser; lenient, it returns the tree and the problems it saw.
- `terms`: what of a tree is looked for as text, for the engine and for the passages.
- `questions`: what of a whole question an answer can be expected to say.
"""
