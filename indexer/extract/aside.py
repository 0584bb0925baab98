"""Lines of a web page around a report: told from the report, and kept as asides.

Only before the report's first running paragraph and after its last are lines judged, and only
by wording that pages of governments and of newspapers share (【字号 … 来源：… 扫一扫 …).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.extract import marks

_WORDS = frozenset(
    (
        *("下载", "打印", "全屏", "收藏", "分享", "加大", "还原", "减小", "大", "中", "小", "A-"),
        *("A+", "首页", "网站首页", ">", ">>", "返回", "返回顶部", "上一篇", "下一篇", "微信"),
        *("微博", "QQ空间", "打印本页", "打印此页", "打印页面", "关闭", "关闭窗口", "关闭本页"),
        *("true", "false", "无障碍", "无障碍阅读", "长者模式", "适老版", "繁体", "繁體"),
        *("繁體中文", "English", "登录", "注册", "网站地图", "联系我们", "关于我们", "网站声明"),
        *("设为首页", "加入收藏", "语音播报", "复制链接", "附件下载", "相关附件"),
        *("通知及附件下载", "通知及附件请下载查看", "政策解读链接", "字号", "字体"),
    )
)
_BETWEEN = re.compile("[【】\\[\\]（）()：:|｜\\s]+")
_LABEL = re.compile(
    r"(?:当前位置|您现在的位置|您的位置|来源|信息来源|文章来源|稿源|时间|发布时间|发布日期|发表时间|更新时间|日期|作者"
    r"|阅读量|阅读次数|浏览次数|浏览量|点击数|点击量|点击|访问量|访问次数|字号|字体|编辑|责任编辑|责编|初审|复审|终审|分享"
    r"|分享到|索引号|信息索引号|主题分类|公文种类|公开程序|公开方式|公开形式|公开时限|责任部门|审核|校对|上一篇|下一篇"
    r"|主办|承办|主办单位|承办单位|网站标识码|相关政策文件)\s*[:：]"
)
_RELATED = re.compile(
    r"(?:相关(?:报道|链接|阅读|新闻|文章|文档|附件|解读|稿件|信息)|延伸阅读|推荐阅读|热点新闻|友情链接)\s*[:：]?$"
)
_LINE = re.compile(
    r"[【\[（(]?\s*(?:字号|字体|E-mail推荐|打印本页|关闭窗口|纠错|责任编辑|来源)|.{0,8}扫一扫|扫码|分享到|更多信息请关注"
    r"|.{0,20}门户网站.*(?:www|\d{4}年)|.{0,80}(?:记者|通讯员)\s*[^，。？问]{2,14}$"
    r"|Public domain|.{0,30}ICP备\s*\d|.{0,30}公网安备|版权所有|Copyright|(?:网站)?首页\s*[>＞»›]"
    r"|[】\]]$|(?:省长|市长|州长|县长|区长|主席)\S{2,12}作政府工作报告。?$"
)
_LICENCE = re.compile("本作品.{0,40}(?:中华人民共和国|著作权|版权|公有领域)")
"""Begins the notice that Wikisource puts under a text; all that follows belongs to it."""
_VALUE_OF = re.compile("来源|时间|日期|作者|稿源|阅读|浏览|发布|发表")
_STAMP = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_BODY = 60
_HEAD = 40
_FOOT = 15


def asides(texts: Sequence[str]) -> frozenset[int]:
    """The numbers of those paragraphs that are the page's and not the report's."""
    first = next((i for i, text in enumerate(texts[:_HEAD]) if _is_body(text)), None)
    head = _head(texts[: first if first is not None else min(_HEAD, len(texts))])
    return frozenset(head.union(range(_tail(texts), len(texts))))


def _tail(texts: Sequence[str]) -> int:
    """Where the lines below the report begin."""
    nearly = range(max(0, len(texts) - _FOOT), len(texts))
    end = next((i for i in nearly if _LICENCE.match(texts[i]) or _is_list(texts[i:])), len(texts))
    while end > 0 and is_page_line(texts[end - 1]):
        end -= 1
    return end or len(texts)


def _is_list(texts: Sequence[str]) -> bool:
    """相关报道： or its like, and nothing but titles after it."""
    titles = all(len(text) <= _BODY and "。" not in text for text in texts[1:])
    return titles and _RELATED.match(texts[0]) is not None


def is_page_line(text: str) -> bool:
    """Wording of a web page's frame, by itself."""
    words = [word for word in _BETWEEN.split(text) if word]
    if all(word in _WORDS for word in words) or _STAMP.fullmatch(text.strip("【】[]（）() ")):
        return True
    return len(text) <= _BODY * 4 and bool(
        _LINE.match(text) or _RELATED.match(text) or (_LABEL.match(text) and len(text) <= _BODY)
    )


def _is_body(text: str) -> bool:
    return (len(text) >= _BODY and "。" in text and not is_page_line(text)) or (
        marks.is_salutation(text) and not is_page_line(text)
    )


def _head(texts: Sequence[str]) -> set[int]:
    found = {i for i, text in enumerate(texts) if is_page_line(text)}
    for i in sorted(found):
        text = texts[i]
        if text.rstrip(">") == "":  # what stands on either side of > is a path of pages
            found |= {j for j in (i - 1, i + 1) if 0 <= j < len(texts) and len(texts[j]) <= 12}
        elif (
            _LABEL.fullmatch(text)
            and _VALUE_OF.search(text)
            and i + 1 < len(texts)
            and len(texts[i + 1]) <= 20
        ):
            found.add(i + 1)
    return found
