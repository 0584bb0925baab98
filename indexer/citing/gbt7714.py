"""A citation by GB/T 7714-2015 信息与文献 参考文献著录规则, for lists in order of number.

Clauses are named beside the rule they give. The form is that of 4.6.2 (电子资源):

    主要责任者.题名:其他题名信息[文献类型标识/OL].出版年:引文页码(更新日期)[引用日期].获取和访问路径.

Place and publisher of an electronic resource may be left out where there are none (8.4.1.3,
8.4.2.3), and are: who issued a report stands in front already. Without a link it is cited as what
is printed (4.1.2), with both declared unknown. Marks stand without blanks, as the standard prints.
"""

from __future__ import annotations

from indexer.citing.sources import Citation, Source

_SHOWN_BODIES = 3


def gbt7714(cited: Citation) -> str:
    """The entry of a list of references, without its number."""
    source = cited.source
    creators = _creators(source)
    described = _title(source)
    if not cited.link:
        return f"{creators}{described}[{source.genre.value}].{_printed(cited)}."
    # 8.2.2: of an electronic resource its type and its carrier; OL is 联机网络 (appendix B).
    mark = f"[{source.genre.value}/OL]"
    # 8.4.4.2: dates as YYYY-MM-DD; 7.2: that of the reading in square brackets.
    read = f"[{cited.accessed.isoformat()}]"
    # 7.2: an entry may end in a full stop; 8.6: the path as it is.
    return f"{creators}{described}{mark}.{_released(cited)}{read}.{cited.link}."


def _creators(source: Source) -> str:
    """8.1.4: bodies as the source names them. 8.1.2: up to three, of more the first three and 等.

    8.1.3: where nobody is named, an entry of a numbered list (顺序编码制) begins with the title.
    """
    if not source.issuers:
        return ""
    shown = ",".join(source.issuers[:_SHOWN_BODIES])
    if len(source.issuers) > _SHOWN_BODIES:
        shown += ",等" if source.chinese else ",et al"
    return shown.rstrip(".") + "."


def _title(source: Source) -> str:
    """8.2: as the source has it. 8.2.3: the number of a report or document is further title."""
    if source.number and source.number not in source.title:
        return f"{source.title}:{source.number}"
    return source.title


def _released(cited: Citation) -> str:
    """4.6.2: 出版年:引文页码(更新或修改日期); the year only where a page follows it.

    8.4.3.3: an estimated year in square brackets. 8.5: pages in Arabic numerals.
    """
    source = cited.source
    day = f"({source.date})" if source.date else ""
    if cited.pages:
        return f"{_year(source)}:{cited.pages}{day}"
    return day or (f"[{source.estimated}]" if source.estimated else "")


def _printed(cited: Citation) -> str:
    """4.1.2: 出版地:出版者,出版年:引文页码. 8.4.1.3 and 8.4.2.3: what is unknown is said to be."""
    nowhere = "[出版地不详]:[出版者不详]" if cited.source.chinese else "[S.l.]:[s.n.]"
    pages = f":{cited.pages}" if cited.pages else ""
    return f"{nowhere},{_year(cited.source)}{pages}"


def _year(source: Source) -> str:
    """8.4.3.3; where nothing tells the year, a remark of our own in brackets (7.2)."""
    if source.published:
        return str(source.published)
    if source.estimated:
        return f"[{source.estimated}]"
    return "[出版年不详]" if source.chinese else "[n.d.]"
