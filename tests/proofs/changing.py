"""What may happen to a collection that people hold links into.

A change is a list of steps, one for each run of indexing. Steps alter files as people do, with the
tools of their format, or have the same bytes read otherwise, as a later extraction would.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2 as pdfium

from indexer.report import BARRIER, Block, BlockKind, Document
from indexer.scanning import OVERRIDES_NAME
from tests.proofs.following import Text, id_of
from tests.proofs.keeping import TEXTS, Change, Step, World, read_file

INSERTED = ("本页由办公室编印", "目录", "各位代表，现将有关情况报告如下。")


# What happens to files.


def leave(world: World, path: Path) -> None:
    """Nothing happens to it."""


def insert(world: World, path: Path) -> None:
    """Text before all else: the bytes change."""
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        for line in INSERTED:
            document.paragraphs[0].insert_paragraph_before(line)
        document.save(str(path))
    elif path.suffix == ".pdf":
        with pdfium.PdfDocument(path.read_bytes()) as document:
            with pdfium.PdfDocument(path.read_bytes()) as pages:
                document.import_pages(pages, [len(pages) - 1], index=0)
            document.save(str(path))
    else:
        path.write_bytes("\n".join([*INSERTED, ""]).encode() + path.read_bytes())


def edit(world: World, path: Path) -> None:
    """Words here and there are changed, added or taken out."""
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        for paragraph in document.paragraphs[:: world.chosen.choice((3, 4))]:
            for run in paragraph.runs[:1]:
                run.text = f"经研究，{run.text}"
        document.save(str(path))
    elif path.suffix == ".pdf":
        with pdfium.PdfDocument(path.read_bytes()) as document:
            document.new_page(595, 842, 0)
            document.del_page(len(document) // 2)
            document.save(str(path))
    else:
        text = path.read_text(encoding="utf-8", errors="replace")
        lines = text.splitlines()
        for number in world.chosen.sample(range(len(lines)), len(lines) // 4):
            lines[number] = f"经研究，{lines[number].replace('的', '之')}"
        path.write_text("\n".join(lines), encoding="utf-8")


def replace_by_another(world: World, path: Path) -> None:
    sorted(world.spare.iterdir())[0].replace(path)


def rename(world: World, path: Path) -> None:
    (path.parent / "2024").mkdir(exist_ok=True)
    path.rename(path.parent / "2024" / f"移动过的{path.name}")


def rename_folder(world: World, path: Path) -> None:
    """The folder of the change, with all that is in it."""
    if path.parent.exists():
        path.parent.rename(path.parent.with_name(f"{path.parent.name}（改名）"))


def remove(world: World, path: Path) -> None:
    """Kept aside, so that it can be put back."""
    path.rename(world.spare.parent / path.name)


def put_back(world: World, path: Path) -> None:
    (world.spare.parent / path.name).rename(path)


def edit_a_copy(world: World, path: Path) -> None:
    """The file as it was is kept aside."""
    shutil.copyfile(path, world.spare.parent / path.name)
    edit(world, path)


def copy(world: World, path: Path) -> None:
    (path.parent / "copies").mkdir(exist_ok=True)
    shutil.copyfile(path, path.parent / "copies" / path.name)


def damage(world: World, path: Path) -> None:
    path.write_bytes(b"")


def describe(world: World, path: Path) -> None:
    """metadata.csv says what it is."""
    row = f"{path.name},河南省安阳市,2001\n"
    overrides = path.parent / OVERRIDES_NAME
    if not overrides.exists():
        overrides.write_text("file,region,year\n", encoding="utf-8")
    overrides.write_text(overrides.read_text(encoding="utf-8") + row, encoding="utf-8")


# What another extraction may make of the same bytes.


def _read(change: Callable[[World, Path, Document], Document]) -> Step:
    def step(world: World, path: Path) -> None:
        world.read_otherwise(path, lambda document: change(world, path, document))

    return step


def _paragraphs(lines: Iterable[str]) -> tuple[Block, ...]:
    return tuple(Block(BlockKind.PARAGRAPH, line) for line in lines)


def text_before(world: World, path: Path, document: Document) -> Document:
    return replace(document, blocks=(*_paragraphs(INSERTED), *document.blocks))


def characters_read_otherwise(world: World, path: Path, document: Document) -> Document:
    """One in thirty, each by another one; nothing moves."""

    def changed(block: Block) -> Block:
        text = "".join(
            "囗" if not world.chosen.randrange(30) and not char.isspace() else char
            for char in block.text
        )
        return replace(block, text=text)

    return replace(document, blocks=tuple(map(changed, document.blocks)))


def all_twice(world: World, path: Path, document: Document) -> Document:
    return text_before(world, path, replace(document, blocks=document.blocks * 2))


def words_quoted(world: World, path: Path, document: Document) -> Document:
    """The linked words stand once more, elsewhere and in other surroundings."""
    report = id_of(path.read_bytes())
    quoted = [f"摘录：{link.words}（完）" for link in world.links if link.report == report]
    return text_before(
        world, path, replace(document, blocks=(*document.blocks, *_paragraphs(quoted)))
    )


def another_reading(world: World, path: Path) -> Text:
    """What a Tifa of another version may have read elsewhere in the same bytes."""
    document = read_file(path).document
    return Text(text_before(world, path, half_lost(world, path, document)).text)


def half_lost(world: World, path: Path, document: Document) -> Document:
    kept = [block for block in document.blocks if world.chosen.random() < 0.5]
    return replace(document, blocks=tuple(kept) or document.blocks[:1])


def cut_otherwise(world: World, path: Path, document: Document) -> Document:
    """Other paragraphs, other cells, other blanks: the same words in the same order."""
    blocks: list[Block] = []
    for block in document.blocks:
        cut = world.chosen.randint(0, len(block.text))
        before, after = block.text[:cut], block.text[cut:]
        match world.chosen.randrange(3):
            case 0:
                blocks += [
                    replace(block, text=before, breaks=()),
                    replace(block, text=after, breaks=()),
                ]
            case 1:
                text = f"{BARRIER}{before}{BARRIER}{after}{BARRIER}"
                blocks.append(Block(BlockKind.ROW, text, block.page))
            case _:
                blocks.append(replace(block, text=f"{before}\u3000 {after}", breaks=()))
    return replace(document, blocks=tuple(blocks))


UNKNOWN_TEXT = "linked in a text that this index never had"
CHANGES: tuple[Change, ...] = (
    Change("nothing", (leave,)),
    Change("metadata.csv changed", (describe,)),
    Change("moved", (rename,)),
    Change("folder renamed", (rename_folder,)),
    Change("copied, the first one removed", (copy, remove)),
    Change("edited", (edit,)),
    Change("edited twice", (edit, insert)),
    Change("edited and changed back", (edit_a_copy, put_back)),
    Change("edited, then removed", (edit, remove)),
    Change("text inserted before", (insert,)),
    Change("replaced by another report", (replace_by_another,), TEXTS, takes_another=True),
    Change("removed", (remove,)),
    Change("removed and put back", (remove, put_back)),
    Change(
        "removed, another in its place", (remove, replace_by_another), TEXTS, takes_another=True
    ),
    Change("damaged", (damage,)),
    Change("read: paragraphs, cells, blanks otherwise", (_read(cut_otherwise),)),
    Change("read: text before", (_read(text_before),)),
    Change("read: some characters otherwise", (_read(characters_read_otherwise),)),
    Change("read: everything twice", (_read(all_twice),)),
    Change("read: words stand elsewhere too", (_read(words_quoted),)),
    Change("read: half of it lost", (_read(half_lost),)),
    Change("read: text before, then half lost", (_read(text_before), _read(half_lost))),
    Change("read: text before, then edited", (_read(text_before), edit)),
    Change(UNKNOWN_TEXT, (leave,)),
)
