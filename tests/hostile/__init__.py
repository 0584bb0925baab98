"""Files made to break their reader: `python -m tests.hostile FOLDER` writes them all.

Each is a function that gives the file's bytes; its name, with the suffix of its kind, is the
file's. What they try: to loop for ever, to fill the memory, to end the process, to be read with
what lies on the disk or in the network, or just to be refused with a reason that is not true.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from tests.hostile import legacy, pdf, text, word

Make = Callable[[], bytes]

FILES: Mapping[str, Make] = MappingProxyType(
    {
        f"{name}{suffix}": make
        for suffix, module in ((".pdf", pdf), (".docx", word), (".txt", text), ("", legacy))
        for name, make in module.FILES.items()
    }
)


def write(name: str, folder: Path) -> Path:
    """Make one of the files in a folder."""
    path = folder / name
    path.write_bytes(FILES[name]())
    return path
