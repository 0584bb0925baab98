"""Writes indexer/vocabulary/regions.csv from public tables of administrative divisions.

    python data/make_regions.py FOLDER [--out FILE]

FOLDER holds `areacodes_CC0/result.csv` (github.com/yescallop/areacodes: every code of GB/T 2260
from 1981 to 2024 with its years and successors, CC0) and `xiangyuecn_MIT/ok_data_level3.csv`
(github.com/xiangyuecn/AreaCity-JsSpider-StatsGov: short names; Taiwan's cities and counties, MIT).
`regions_more.csv` beside this script is kept by hand: new areas and development zones, and names
in common use.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

MORE = Path(__file__).resolve().parent / "regions_more.csv"
OUTPUT = Path(__file__).resolve().parents[1] / "indexer" / "vocabulary" / "regions.csv"

HEADER = """\
# 中国省、地、县三级行政区划（GB/T 2260 代码），含已撤销的和曾用名，以及发布报告的新区、开发区。
# 由 data/make_regions.py 生成，请勿手改；新区、开发区和通用简称改 data/regions_more.csv。
# Codes, names, years, successors: github.com/yescallop/areacodes, result.csv (1981-2024), CC0 1.0.
# Short names; Taiwan's cities and counties: github.com/xiangyuecn/AreaCity-JsSpider-StatsGov,
#   ok_data_level3.csv, MIT License, Copyright (c) 2019 xiangyuecn.
# Zones: data/regions_more.csv, where each has its source.
# parent: 上级的代码，省级为空。from, until: 启用和撤销（或改名）的年份；1981 是数据的起点。
# successors: 撤销后由哪些代码接续（可能又已撤销，依次往下找）。
# status: current 在用, abolished 已撤销, zone 在用而国标不列（代码另有出处或自编）,
#   former 同一代码的曾用名, alias 同一地方的另一种叫法。
"""
COLUMNS = ("code", "name", "short", "parent", "status", "from", "until", "successors")

MUNICIPALITIES = ("11", "12", "31", "50")
TAIWAN = "71"
TAIWAN_SHORT = ("台北", "高雄", "台南", "台中", "基隆")
"""Its other cities' short names are words, or places on the mainland."""
PROVINCE_SHORT = re.compile(r"(省|市|特别行政区|(壮族|回族|维吾尔)?自治区)$")
PLAIN_SUFFIX = re.compile(r"(地区|林区|特区|市|县|区|盟)$")
PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族"
    "|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|达斡尔|仫佬族|羌族|布朗族|撒拉族"
    "|毛南族|仡佬族|锡伯族|锡伯|普米族|塔吉克族|塔吉克|怒族|独龙族|保安族|裕固族|鄂温克族|鄂伦春|各族"
)
AUTONOMOUS = re.compile(rf"(?P<own>.+?)(?:{PEOPLES})+自治(?P<level>[州县旗])$")
ZONE_WORDS = (
    ("高新技术产业开发区", "高新区"),
    ("高新技术产业园区", "高新区"),
    ("高新技术开发区", "高新区"),
    ("高技术产业开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
    ("城乡一体化示范区", "示范区"),
    ("航空港经济综合实验区", "航空港区"),
)


@dataclass(frozen=True)
class Row:
    """One line of areacodes: a code under one name, for some years."""

    code: str
    province: str
    prefecture: str
    name: str
    level: str
    state: str
    since: str
    until: str
    successors: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One line of what is written."""

    code: str
    name: str
    short: str = ""
    parent: str = ""
    status: str = "alias"
    since: str = ""
    until: str = ""
    successors: tuple[str, ...] = ()

    def cells(self) -> tuple[str, ...]:
        later = " ".join(self.successors)
        return (
            *(self.code, self.name, self.short, self.parent),
            *(self.status, self.since, self.until, later),
        )


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def areacodes(path: Path) -> list[Row]:
    return [
        Row(
            code=line["代码"],
            province=line["一级行政区"],
            prefecture=line["二级行政区"],
            name=line["名称"],
            level=line["级别"],
            state=line["状态"],
            since=line["启用时间"],
            until=line["变更/弃用时间"],
            successors=successors(line["新代码"]),
        )
        for line in read(path)
    ]


def successors(cell: str) -> tuple[str, ...]:
    """110101;110102 as two codes. One with a year, 130108[2001], took a part before the end."""
    codes = [code for code in cell.split(";") if code]
    return tuple(code for code in codes if "[" not in code) or tuple(code[:6] for code in codes)


def short(name: str) -> str:
    """The short name of a place that the table of short names no longer holds."""
    if name.endswith(("省", "特别行政区")) or "自治区" in name:
        return PROVINCE_SHORT.sub("", name)
    plain = "" if "自治" in name else PLAIN_SUFFIX.sub("", name)
    return plain if len(plain) >= 2 else name


def parent(row: Row, prefectures: Mapping[tuple[str, str], list[str]]) -> str:
    """The code above: by the name the source gives, nearest code first; else the province."""
    if row.level == "省级":
        return ""
    province = row.code[:2] + "0000"
    if row.level == "地级" or row.code[:2] in MUNICIPALITIES:
        return province
    codes = prefectures.get((row.province, row.prefecture), [])
    own = row.code[:4] + "00"
    if own in codes:
        return own
    return codes[-1] if codes else province


def listed(rows: list[Row], shorts: Mapping[tuple[str, str], str]) -> Iterator[Line]:
    """What GB/T 2260 lists or listed."""
    prefectures: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row.level == "地级":
            prefectures.setdefault((row.province, row.name), []).append(row.code)
    yield Line("100000", "全国", "全国", status="current")
    for code, versions in by_code(rows):
        # In force, or the last name that an abolished code had.
        last = max(versions, key=lambda row: (row.state == "在用", row.until))
        for row in sorted(versions, key=lambda row: (row is not last, row.until)):
            status = "former"
            since = row.since
            if row is last:
                status = "current" if row.state == "在用" else "abolished"
                since = min(each.since for each in versions if each.name == row.name)
            elif row.name == last.name:
                continue
            name = shorts.get((code, row.name)) or short(row.name)
            later = row.successors if status == "abolished" else ()
            above = parent(row, prefectures)
            yield Line(code, row.name, name, above, status, since, row.until, later)


def by_code(rows: list[Row]) -> Iterable[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.code, []).append(row)
    return sorted(groups.items())


def with_prefectures(lines: list[Line]) -> Iterator[Line]:
    """The source leaves out what followed an abolished prefecture: where most counties went."""
    places = {line.code: line for line in lines if line.status != "former"}
    went: dict[str, Counter[str]] = {}
    for line in places.values():
        above = places.get(line.parent)
        if above is None or above.status != "abolished" or not above.code.endswith("00"):
            continue
        for code in line.successors:
            target = places[code].parent if code in places else ""
            if target.endswith("00") and target not in (above.code, above.parent):
                went.setdefault(above.code, Counter())[target] += 1
    for line in lines:
        if line.status == "abolished" and not line.successors and line.code in went:
            found = went[line.code].most_common()
            same = [code for code, _ in found if places[code].short == line.short]
            yield replace(line, successors=tuple(same or [found[0][0]]))
        else:
            yield line


def taiwan(table: list[dict[str, str]]) -> Iterator[Line]:
    for line in table:
        code, name = line["ext_id"][:6], line["ext_name"]
        if line["deep"] == "1" and code.startswith(TAIWAN):
            own = line["name"] if line["name"] in TAIWAN_SHORT else name
            yield Line(code, name, own, f"{TAIWAN}0000", "zone")


def more(lines: list[Line]) -> Iterator[Line]:
    """Zones, and other names for what there is: those kept by hand, and those that have a rule."""
    places = {line.code: line for line in lines if line.status != "former"}
    in_force = {line.name for line in lines if line.status == "current"}
    for row in read(MORE):
        code, name = row["code"], row["name"]
        if row["kind"] == "zone":
            if code in places:
                raise ValueError(f"{name}：代码 {code} 已属于{places[code].name}。")
            line = Line(code, name, row["short"], row["parent"], "zone", row["from"])
            places[code] = line
            yield line
            yield from (Line(code, other) for other in zone_names(line, places[line.parent]))
        else:
            yield Line(code, name)
    for line in lines:
        match = AUTONOMOUS.fullmatch(line.name)
        if match is None or line.status != "current":
            continue
        for own in {match["own"], line.short}:
            name = own + match["level"]
            if own != line.name and len(own) > 1 and name not in in_force:
                yield Line(line.code, name)


def zone_names(zone: Line, above: Line) -> Iterator[str]:
    """郑州市高新区 for 郑州高新技术产业开发区: with and without 市, in full and in brief."""
    own = re.sub(rf"^.{{0,3}}?{above.short}市?", "", zone.name)
    if own == zone.name or len(own) < 3:
        return
    brief = own
    for full, word in ZONE_WORDS:
        brief = brief.replace(full, word)
    for place in (above.short, above.name):
        for name in dict.fromkeys((own, brief)):
            if place + name != zone.name:
                yield place + name


def main(folder: Path, output: Path) -> None:
    names = read(folder / "xiangyuecn_MIT" / "ok_data_level3.csv")
    # The full name is part of the key: a code outlives a name.
    shorts = {(line["ext_id"][:6], line["ext_name"]): line["name"] for line in names}
    rows = areacodes(folder / "areacodes_CC0" / "result.csv")
    lines = list(with_prefectures(list(listed(rows, shorts))))
    lines += taiwan(names)
    lines += more(lines)
    with output.open("w", encoding="utf-8", newline="") as out:
        out.write(HEADER)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(line.cells() for line in dict.fromkeys(lines))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    main(arguments.folder, arguments.out)
