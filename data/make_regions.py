"""Writes indexer/vocabulary/regions.csv from two public tables of administrative divisions.

    python data/make_regions.py FOLDER

FOLDER holds `areacodes_CC0/result.csv` (github.com/yescallop/areacodes: every code of GB/T 2260
from 1981 to 2024 with its years, CC0) and `xiangyuecn_MIT/ok_data_level3.csv`
(github.com/xiangyuecn/AreaCity-JsSpider-StatsGov: short names, MIT).
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

OUTPUT = Path(__file__).resolve().parents[1] / "indexer" / "vocabulary" / "regions.csv"

HEADER = """\
# 中国省、地、县三级行政区划（GB/T 2260 代码），含已撤销的和曾用名。
# 由 data/make_regions.py 生成，请勿手改。
# Codes, names, years: github.com/yescallop/areacodes, result.csv (1981-2024), CC0 1.0.
# Short names: github.com/xiangyuecn/AreaCity-JsSpider-StatsGov, ok_data_level3.csv,
#   MIT License, Copyright (c) 2019 xiangyuecn.
# parent: 上级的代码，省级为空。status: current 在用, abolished 已撤销, former 同一代码的曾用名。
# until: 撤销或改名的年份。
"""

MUNICIPALITIES = ("11", "12", "31", "50")
PROVINCE_SHORT = re.compile(r"(省|市|特别行政区|(壮族|回族|维吾尔)?自治区)$")
PLAIN_SUFFIX = re.compile(r"(地区|林区|特区|市|县|区|盟)$")


@dataclass(frozen=True)
class Row:
    """One line of areacodes: a code under one name, for some years."""

    code: str
    province: str
    prefecture: str
    name: str
    level: str
    state: str
    until: str


def areacodes(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [
            Row(
                code=line["代码"],
                province=line["一级行政区"],
                prefecture=line["二级行政区"],
                name=line["名称"],
                level=line["级别"],
                state=line["状态"],
                until=line["变更/弃用时间"],
            )
            for line in csv.DictReader(lines)
        ]


def short_names(path: Path) -> dict[tuple[str, str], str]:
    """(code, full name) -> short name. The name is part of the key: a code outlives a name."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {
            (line["ext_id"][:6], line["ext_name"]): line["name"] for line in csv.DictReader(lines)
        }


def short(name: str) -> str:
    """The short name of a place that the table of short names no longer holds."""
    if name.endswith(("省", "特别行政区")) or "自治区" in name:
        return PROVINCE_SHORT.sub("", name)
    plain = "" if "自治" in name else PLAIN_SUFFIX.sub("", name)
    return plain if len(plain) >= 2 else name


def parent(row: Row, prefectures: dict[tuple[str, str], list[str]]) -> str:
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


def table(rows: list[Row], shorts: dict[tuple[str, str], str]) -> Iterator[tuple[str, ...]]:
    prefectures: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row.level == "地级":
            prefectures.setdefault((row.province, row.name), []).append(row.code)
    yield ("100000", "全国", "全国", "", "current", "")
    for code, versions in by_code(rows):
        # In force, or the last name that an abolished code had.
        last = max(versions, key=lambda row: (row.state == "在用", row.until))
        for row in sorted(versions, key=lambda row: (row is not last, row.until)):
            status = "former"
            if row is last:
                status = "current" if row.state == "在用" else "abolished"
            elif row.name == last.name:
                continue
            name = shorts.get((code, row.name)) or short(row.name)
            yield (code, row.name, name, parent(row, prefectures), status, row.until)


def by_code(rows: list[Row]) -> Iterable[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.code, []).append(row)
    return sorted(groups.items())


def main(folder: Path) -> None:
    rows = areacodes(folder / "areacodes_CC0" / "result.csv")
    shorts = short_names(folder / "xiangyuecn_MIT" / "ok_data_level3.csv")
    with OUTPUT.open("w", encoding="utf-8", newline="") as out:
        out.write(HEADER)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("code", "name", "short", "parent", "status", "until"))
        writer.writerows(table(rows, shorts))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("用法：python data/make_regions.py 行政区划数据文件夹")
    main(Path(sys.argv[1]))
