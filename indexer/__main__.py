"""`python -m indexer`, and what the `tifa` command starts with."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command; Ctrl+C while it is still being loaded is no accident either."""
    try:
        from indexer.cli import main as run
    except KeyboardInterrupt:
        sys.stderr.write("已中断。\n")
        sys.exit(2)
    run()


if __name__ == "__main__":
    main()
