"""What was typed -> a tree of frozen nodes.

- `nodes`: the tree; `str(tree)` is a query that parses back to it.
- `syntax`: the parser; lenient, it returns the tree and the problems it saw.
"""
