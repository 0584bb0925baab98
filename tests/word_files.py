"""Word documents written by hand, part by part: what no library writes can be said."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{_OFFICE}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:foreign="urn:of-another-program"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = {
    "styles": f"{_WORD}.styles+xml",
    "numbering": f"{_WORD}.numbering+xml",
    "footnotes": f"{_WORD}.footnotes+xml",
    "endnotes": f"{_WORD}.endnotes+xml",
    "header": f"{_WORD}.header+xml",
    "footer": f"{_WORD}.footer+xml",
    "chart": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    "diagramData": "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
}


def paragraph(text: str = "", *, before: str = "", properties: str = "", run: str = "") -> str:
    """A paragraph of one run; `before` is XML before it, `run` its properties."""
    inner = f"<w:rPr>{run}</w:rPr>" if run else ""
    words = f'<w:r>{inner}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{before}{words}</w:p>"


def numbered(text: str, key: int = 1, depth: int = 0) -> str:
    """A paragraph of a list."""
    number = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{key}"/></w:numPr>'
    return paragraph(text, properties=number)


def level(depth: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of a list; `more` holds suff, isLgl, lvlRestart, pStyle …"""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*definitions: str, entries: Mapping[int, str] | None = None) -> str:
    """A part of numbering: definitions 0, 1 … and lists 1, 2 … of them, or `entries` for those."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">{inner}</w:abstractNum>'
        for number, inner in enumerate(definitions)
    )
    given = entries or {
        number + 1: f'<w:abstractNumId w:val="{number}"/>' for number in range(len(definitions))
    }
    nums = "".join(f'<w:num w:numId="{key}">{inner}</w:num>' for key, inner in given.items())
    return f"<w:numbering>{abstract}{nums}</w:numbering>"


def word_file(
    body: str,
    *,
    parts: Mapping[str, str] | None = None,
    links: Mapping[str, tuple[str, str]] | None = None,
    files: Mapping[str, bytes] | None = None,
    main: str = "word/document.xml",
    strict: bool = False,
) -> bytes:
    """A package: `body` in its main part, `parts` by their kind (styles, header, chart …).

    A part's relationship has its kind as id. `links` are more relationships by their id: kind
    and target; `files` more members of the package.
    """
    folder, _, name = main.rpartition("/")
    given = parts or {}
    document = f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"
    members = {main: document} | {
        f"{folder}/{kind}.xml": _rooted(kind, inner) for kind, inner in given.items()
    }
    targets = {kind: (kind, f"{kind}.xml") for kind in given} | dict(links or {})
    relations = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    overrides = f'<Override PartName="/{main}" ContentType="{_WORD}.document.main+xml"/>' + "".join(
        f'<Override PartName="/{folder}/{kind}.xml" ContentType="{_KINDS[kind]}"/>'
        for kind in given
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    members |= {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="html" ContentType="text/html"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/officeDocument" Target="{main}"/></Relationships>',
        f"{folder}/_rels/{name}.rels": f'<Relationships xmlns="{package}/relationships">'
        f"{relations}</Relationships>",
    }
    if strict:
        members = {key: _strict(text) for key, text in members.items()}
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target_file:
        for key, text in members.items():
            target_file.writestr(key, _DECLARATION + text)
        for key, data in (files or {}).items():
            target_file.writestr(key, data)
    return result.getvalue()


def _rooted(kind: str, inner: str) -> str:
    if inner.startswith("<w:numbering>"):
        return inner.replace("<w:numbering>", f"<w:numbering {_NAMESPACES}>", 1)
    root = {
        "styles": "w:styles",
        "header": "w:hdr",
        "footer": "w:ftr",
        "footnotes": "w:footnotes",
        "endnotes": "w:endnotes",
        "chart": "c:chartSpace",
        "diagramData": "dgm:dataModel",
    }[kind]
    return f"<{root} {_NAMESPACES}>{inner}</{root}>"


def _strict(text: str) -> str:
    """The same in the namespaces of strict Office Open XML."""
    for area in ("wordprocessingml", "officeDocument", "drawingml"):
        text = text.replace(
            f"http://schemas.openxmlformats.org/{area}/2006/", f"http://purl.oclc.org/ooxml/{area}/"
        )
    return text
