"""Twelve varied reports and some rarer ones, and their citations by GB/T 7714-2015.

The citations were written by hand from the clauses named beside them, not by the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indexer.citing import Citation, Source

READ_ON = date(2026, 11, 22)
LINK = "https://tifa.example/r/x"


@dataclass(frozen=True)
class Case:
    """`file` is where the report lies in the corpus (or the samples), "" for one made up."""

    what: str
    rule: str
    source: Source
    expected: str
    file: str = ""
    pages: str = ""
    link: str = LINK

    @property
    def citation(self) -> Citation:
        return Citation(self.source, "tifa-x", self.link, READ_ON, pages=self.pages)


CASES = (
    Case(
        "national work report",
        "4.6.2 ex. 1: [R/OL], day of issue in (), of reading in []; 8.1.4: the body as it is named",
        Source(
            "x", "2024年国务院政府工作报告", ("国务院",), None, "2024-03-05", 2024, "政府工作报告"
        ),
        "国务院.2024年国务院政府工作报告[R/OL].(2024-03-05)[2026-11-22].https://tifa.example/r/x.",
        "reports/national/2024年国务院政府工作报告.txt",
    ),
    Case(
        "provincial work report",
        "as above",
        Source(
            "x",
            "2025年云南省政府工作报告",
            ("云南省人民政府",),
            None,
            "2025-01-18",
            2025,
            "政府工作报告",
        ),
        "云南省人民政府.2025年云南省政府工作报告[R/OL].(2025-01-18)[2026-11-22]."
        "https://tifa.example/r/x.",
        "reports/provincial-2025/2025年云南省政府工作报告.docx",
    ),
    Case(
        "regulation with the number of its order",
        "A.10 ex. 3: laws on line are [EB/OL]; 8.2.3: the number is further title, behind a colon",
        Source(
            "x",
            "中华人民共和国中医药条例",
            ("国务院",),
            "中华人民共和国国务院令第374号",
            "2003-04-07",
            2003,
            "法规",
        ),
        "国务院.中华人民共和国中医药条例:中华人民共和国国务院令第374号[EB/OL].(2003-04-07)"
        "[2026-11-22].https://tifa.example/r/x.",
        "reports/regulations/中医药条例(2003-04-07).md",
    ),
    Case(
        "notice with its number",
        "4.6.2 ex. 2: an office's notice with its number is [A/OL]",
        Source(
            "x",
            "国务院办公厅关于进一步开展创新政策与提供政府采购优惠挂钩相关文件清理工作的通知",
            ("国务院办公厅",),
            "国办函〔2016〕92号",
            "2016-11-29",
            2016,
            "通知",
        ),
        "国务院办公厅.国务院办公厅关于进一步开展创新政策与提供政府采购优惠挂钩相关文件清理工作的通知"
        ":国办函〔2016〕92号[A/OL].(2016-11-29)[2026-11-22].https://tifa.example/r/x.",
        "reports/departments/2016_国务院办公厅关于进一步开展创新政策与提供政府采购优惠挂钩相关文件清理工作的通知.txt",
    ),
    Case(
        "annual report",
        "its date is that of issue, not the year it covers",
        Source(
            "x",
            "河北省教育厅2017年度政府信息公开工作报告",
            ("河北省教育厅",),
            None,
            "2018-02-08",
            2017,
            "年度报告",
        ),
        "河北省教育厅.河北省教育厅2017年度政府信息公开工作报告[R/OL].(2018-02-08)[2026-11-22]."
        "https://tifa.example/r/x.",
        "reports/departments/2018_河北省教育厅2017年度政府信息公开工作报告.txt",
    ),
    Case(
        "undated, its year known",
        "8.4.3.3: an estimated year stands in square brackets",
        Source("x", "河北省公路路政管理规定", ("河北省人民政府",), None, None, 1997, "规章"),
        "河北省人民政府.河北省公路路政管理规定[EB/OL].[1997][2026-11-22].https://tifa.example/r/x.",
        "reports/departments/1997_河北省公路路政管理规定.txt",
    ),
    Case(
        "no issuer",
        "8.1.3: in a list in the order of numbers the title comes first",
        Source(
            "x",
            "承德市全面改善贫困地区义务教育薄弱学校基本办学条件工作汇报",
            (),
            None,
            "2014-11-26",
            2014,
            "工作报告",
        ),
        "承德市全面改善贫困地区义务教育薄弱学校基本办学条件工作汇报[R/OL].(2014-11-26)[2026-11-22]."
        "https://tifa.example/r/x.",
        "reports/departments/2014_承德市全面改善贫困地区义务教育薄弱学校基本办学条件工作汇报.txt",
    ),
    Case(
        "words on a page of a PDF",
        "4.6.2: 出版年:引文页码(更新日期)[引用日期]; 8.5: Arabic numerals; 8.4.1.3, 8.4.2.3: no "
        "place and publisher of what is on line",
        Source(
            "x",
            "安阳市文峰区卫生健康委员会2025年法治政府建设报告",
            ("安阳市文峰区卫生健康委员会",),
            None,
            "2026-01-12",
            2025,
            "工作报告",
        ),
        "安阳市文峰区卫生健康委员会.安阳市文峰区卫生健康委员会2025年法治政府建设报告[R/OL].2026:2"
        "(2026-01-12)[2026-11-22].https://tifa.example/r/x.",
        pages="2",
    ),
    Case(
        "eight issuers",
        "8.1.2: of more than three the first three and 等, a comma before each",
        Source(
            "x",
            "关于深入实施国家知识产权战略 加强和改进知识产权管理的若干意见",
            (
                "知识产权局",
                "教育部",
                "科技部",
                "工业和信息化部",
                "国资委",
                "工商总局",
                "版权局",
                "中科院",
            ),
            "国知发协字〔2014〕41号",
            "2014-07-15",
            2014,
            "意见",
        ),
        "知识产权局,教育部,科技部,等.关于深入实施国家知识产权战略 加强和改进知识产权管理的若干意见:"
        "国知发协字〔2014〕41号[A/OL].(2014-07-15)[2026-11-22].https://tifa.example/r/x.",
        "reports/departments/2018_关于深入实施国家知识产权战略加强和改进知识产权管理的若干意见.txt",
    ),
    Case(
        "English title",
        "6.1: in the source's own language, et al for 等",
        Source(
            "x",
            "Report on the Implementation of the 2023 Plan",
            (
                "National Development and Reform Commission",
                "Ministry of Finance",
                "Ministry of Commerce",
                "People's Bank of China",
            ),
            None,
            "2024-03-05",
            2023,
        ),
        "National Development and Reform Commission,Ministry of Finance,Ministry of Commerce,et al."
        "Report on the Implementation of the 2023 Plan[R/OL].(2024-03-05)[2026-11-22]."
        "https://tifa.example/r/x.",
    ),
    Case(
        "region that is no more",
        "8.1.4: the body under the name that the source gives it",
        Source(
            "x",
            "2018年莱芜市政府工作报告",
            ("莱芜市人民政府",),
            None,
            "2018-01-17",
            2018,
            "政府工作报告",
        ),
        "莱芜市人民政府.2018年莱芜市政府工作报告[R/OL].(2018-01-17)[2026-11-22]."
        "https://tifa.example/r/x.",
    ),
    Case(
        "very long title",
        "8.2: the title as the source has it, whole",
        Source(
            "x",
            "河北省人民政府办公厅印发《关于进一步深化医药卫生体制改革的意见》《关于改革完善医疗卫生行业综合监管制度的"
            "实施方案》《关于促进3岁以下婴幼儿照护服务发展的实施意见》的通知",
            ("河北省人民政府办公厅",),
            None,
            "2019-11-04",
            2019,
            "通知",
        ),
        "河北省人民政府办公厅.河北省人民政府办公厅印发《关于进一步深化医药卫生体制改革的意见》《关于改革完善医疗卫生"
        "行业综合监管制度的实施方案》《关于促进3岁以下婴幼儿照护服务发展的实施意见》的通知[A/OL].(2019-11-04)"
        "[2026-11-22].https://tifa.example/r/x.",
        "reports/departments/2019_河北省人民政府办公厅印发《关于进一步深化医药卫生体制改革的意见》《关于改革完善"
        "医疗卫生行业综合监管制度的实施方案》《",
    ),
)

RARER = (
    Case(
        "three issuers",
        "8.1.2: up to three are all given",
        Source(
            "x", "关于某事的通知", ("财政部", "科技部", "教育部"), None, "2020-05-06", 2020, "通知"
        ),
        "财政部,科技部,教育部.关于某事的通知[A/OL].(2020-05-06)[2026-11-22].https://tifa.example/r/x.",
    ),
    Case(
        "without a link it is cited as printed",
        "4.1.2; 8.4.1.3 and 8.4.2.3: [出版地不详]:[出版者不详]",
        Source(
            "x",
            "2018年莱芜市政府工作报告",
            ("莱芜市人民政府",),
            None,
            "2018-01-17",
            2018,
            "政府工作报告",
        ),
        "莱芜市人民政府.2018年莱芜市政府工作报告[R].[出版地不详]:[出版者不详],2018:3-4.",
        pages="3-4",
        link="",
    ),
    Case(
        "English, without a link, undated",
        "8.4.1.3 and 8.4.2.3: S.l., s.n.",
        Source("x", "Annual Report", ("Bureau of Statistics, Inc.",)),
        "Bureau of Statistics, Inc.Annual Report[R].[S.l.]:[s.n.],[n.d.].",
        link="",
    ),
    Case(
        "an annual report of unknown date",
        "the year it covers is not that of issue, so none is given (as in A.10 ex. 3)",
        Source("x", "某局2019年政府信息公开工作年度报告", ("某局",), None, None, 2019, "年度报告"),
        "某局.某局2019年政府信息公开工作年度报告[R/OL].[2026-11-22].https://tifa.example/r/x.",
    ),
    Case(
        "its page known, its year not",
        "4.6.2 has the page behind the year; 7.2: remarks of one's own in square brackets",
        Source("x", "某局2019年政府信息公开工作年度报告", ("某局",), None, None, 2019, "年度报告"),
        "某局.某局2019年政府信息公开工作年度报告[R/OL].[出版年不详]:7[2026-11-22]."
        "https://tifa.example/r/x.",
        pages="7",
    ),
    Case(
        "standard",
        "8.2.3 ex. 8: [S], its number behind the title",
        Source(
            "x",
            "党政机关公文格式",
            ("全国信息与文献标准化技术委员会",),
            "GB/T 9704—2012",
            "2012-06-29",
        ),
        "全国信息与文献标准化技术委员会.党政机关公文格式:GB/T 9704—2012[S/OL].(2012-06-29)"
        "[2026-11-22].https://tifa.example/r/x.",
    ),
    Case(
        "rules issued as a document",
        "the number of a document makes it one",
        Source(
            "x",
            "某某管理暂行办法",
            ("科技部", "财政部"),
            "国科发资〔2015〕417号",
            "2015-12-04",
            2015,
            "规章",
        ),
        "科技部,财政部.某某管理暂行办法:国科发资〔2015〕417号[A/OL].(2015-12-04)[2026-11-22]."
        "https://tifa.example/r/x.",
    ),
    Case(
        "a title that ends in its number",
        "what the title says is not said twice",
        Source(
            "x",
            "关于某事的通知（某政发〔2020〕1号）",
            ("某县人民政府",),
            "某政发〔2020〕1号",
            None,
            2020,
            "通知",
        ),
        "某县人民政府.关于某事的通知（某政发〔2020〕1号）[A/OL].[2020][2026-11-22].https://tifa.example/r/x.",
    ),
)
