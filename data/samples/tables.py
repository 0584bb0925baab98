"""The statutory tables of a disclosure report, with invented figures whose sums add up."""

from __future__ import annotations

from random import Random

from .drafts import Cell, Kind, Part

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
OUTCOMES = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
REVIEW = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def upto(random: Random, most: int) -> int:
    return int(random.random() * (most + 1))


def proactive(random: Random) -> Part:
    """Documents made, withdrawn and in force; decisions taken; fees."""
    rules, made, withdrawn = upto(random, 2), 1 + upto(random, 6), upto(random, 4)
    in_force = made + 10 + upto(random, 40)
    grid: list[tuple[Cell | None, ...]] = [
        (Cell("信息内容"), Cell("本年制发件数"), Cell("本年废止件数"), Cell("现行有效件数")),
        (Cell("规章"), Cell("0"), Cell("0"), Cell(str(rules))),
        (Cell("行政规范性文件"), Cell(str(made)), Cell(str(withdrawn)), Cell(str(in_force))),
        (Cell("信息内容"), Cell("本年处理决定数量", columns=3), None, None),
    ]
    for name in ("行政许可", "行政处罚", "行政强制"):
        grid.append((Cell(name), Cell(str(upto(random, 480)), columns=3), None, None))
    grid.append((Cell("信息内容"), Cell("本年收费金额（单位：万元）", columns=3), None, None))
    grid.append((Cell("行政事业性收费"), Cell("0", columns=3), None, None))
    return Part(Kind.TABLE, rows=tuple(grid))


def applications(random: Random) -> Part:
    """Applications by kind of applicant: received, carried over, and how they ended."""
    outcomes = [[upto(random, 9)] + [upto(random, 2) for _ in range(5)] for _ in OUTCOMES]
    ended = [sum(column) for column in zip(*outcomes, strict=True)]
    carried_in = [upto(random, 2)] + [0] * 5
    carried_out = [upto(random, 3)] + [0] * 5
    received = [
        done + after - before
        for done, after, before in zip(ended, carried_out, carried_in, strict=True)
    ]
    shift = max(0, -received[0])
    received[0] += shift
    carried_out[0] += shift
    top: tuple[Cell | None, ...] = (
        Cell("收到和处理政府信息公开申请情况", columns=2, rows=2),
        None,
        Cell("自然人", rows=2),
        Cell("法人或其他组织", columns=5),
        None,
        None,
        None,
        None,
        Cell("总计", rows=2),
    )
    names: tuple[Cell | None, ...] = (
        None,
        None,
        None,
        *(Cell(name) for name in APPLICANTS[1:]),
        None,
    )
    grid = [top, names]
    grid.append(_whole("一、本年新收申请数量", received))
    grid.append(_whole("二、上年结转申请数量", carried_in))
    for place, (name, counts) in enumerate(zip(OUTCOMES, outcomes, strict=True)):
        head = Cell("三、办理结果", rows=len(OUTCOMES) + 1) if place == 0 else None
        grid.append((head, Cell(name), *_counts(counts)))
    grid.append((None, Cell("合计"), *_counts(ended)))
    grid.append(_whole("四、结转下年度继续办理", carried_out))
    return Part(Kind.TABLE, rows=tuple(grid))


def reviews(random: Random) -> Part:
    """Administrative reviews and lawsuits by outcome."""
    grid: list[tuple[Cell | None, ...]] = [(Cell("类别"), *(Cell(name) for name in REVIEW))]
    for name in ("行政复议", "未经复议直接起诉", "复议后起诉"):
        counts = [upto(random, 2), 0, upto(random, 1), upto(random, 1)]
        grid.append((Cell(name), *(Cell(str(n)) for n in (*counts, sum(counts)))))
    return Part(Kind.TABLE, rows=tuple(grid))


def _whole(name: str, counts: list[int]) -> tuple[Cell | None, ...]:
    return (Cell(name, columns=2), None, *_counts(counts))


def _counts(counts: list[int]) -> tuple[Cell, ...]:
    return tuple(Cell(str(count)) for count in (*counts, sum(counts)))
