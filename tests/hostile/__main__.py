"""Write every hostile file into a folder, to try something on them by hand."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.hostile import FILES, write

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        path = write(name, folder)
        print(f"{path.stat().st_size:>12,}  {path}")
