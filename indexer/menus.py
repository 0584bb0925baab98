"""Lines of a web page's menus and tables, which stand over a report and are not its title.

The wording is that of the columns that government sites are made of (国务院办公厅
《政府网站发展指引》 names most of them: 信息公开, 办事服务, 互动交流 …).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_WORD = re.compile(
    r"(?:网站)?首页|主页|我的主页|返回.{0,4}|正文|详情|内容|更多|全文"
    r"|(?:新闻|要闻|政务|政府|信息|办事|互动|政民|公众|网上|便民|公共|数据|专题|图片|媒体|视频|热点|部门|基层|工作|时政|政策|法规"
    r"|通知|公告|公示|机构|领导|组织|人事|财政|统计|规划|计划|回应|在线|民意|意见|智能|服务|招商|投资)?"
    r"(?:中心|动态|资讯|公开|服务|要闻|新闻|信息|大厅|指南|目录|互动|交流|参与|办事|专题|专栏|专区|开放|发布|聚焦|关注|文件|法规"
    r"|解读|公告|公示|设置|职能|概况|之窗|简介|关切|咨询|访谈|征集|调查|问答|查询|(?:.长)?信箱|邮箱|导航|平台|门户|频道|回应)"
    r"|依申请公开|公开(?:指南|制度|年报|目录|专栏|内容)|信息公开(?:目录|指南|年报|制度|专栏)|(?:法定)?主动公开(?:内容|基本目录)?|规章库|文件库|政策库"
    r"|(?:魅力|走进|认识|美丽|印象|今日|畅游|乐享)[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{2,4}概览"
    r"|长者(?:模式|助手|专区|版)?|适老(?:化|版)|关怀版|无障碍(?:阅读|浏览|模式)?|手机版|移动版|电脑版|简体(?:中文|版)?|繁[体體](?:中文|版)?"
    r"|English|EN|搜索|高级(?:检索|搜索)|站内搜索|检索|请输入(?:关键字|关键词|搜索内容|您要搜索的内容)?|热门搜索|热搜词?|登录|注册|退出"
    r"|下载|打印|分享|收藏|关闭|字[号体]|[大中小]|网站(?:地图|支持|声明|标识码)|联系(?:我们|方式)|关于我们|(?:政务|官方)?(?:微信|微博)(?:公众号)?|[省市县区州]?(?:委|政府)?领导|[简繁]|客户端|APP|小程序|新媒体|ICO|RSS|加入收藏|设为首页"
)
_LABEL = re.compile(
    r"(?:名称|标题|信息名称|索引号|信息索引号?|分类|信息分类|主题分类|主题词|体裁分类|服务对象分类|组配分类|公文种类|发布机构|发文机关|发文单位"
    r"|公开主体|责任部门|公开方式|公开时限|公开范围|公开程序|成文日期|发文日期|发布日期|生成日期|生效日期|失效日期|废止日期|文号|发文字号"
    r"|公文时效|时效性|有效性|有效期|关键词|内容概述|内容简介|来源|信息来源|统一编号|登记号)(?:[：:]|$)"
)
_GREETING = re.compile(
    r"欢迎(?:您|访问|光临|来到).{2,30}|今天是.*|\d{4}年第\d+期.*|您好.{0,10}|\d{4}年\d{1,2}月\d{1,2}日\s*星期.*"
)
_WHITE = re.compile(r"\s+")
_BULLET = re.compile(r"^[*·•▪>]\s*")
_APART = re.compile(r"[\s|｜丨/／·•>＞»›\-—_、,，:：\[\]【】]+")
_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?[\w.\-]+\.(?:gov|com|org|net|cn)\b\S*", re.IGNORECASE
)
_OFFICE = re.compile(r"[部厅局委署院会府办]$")
_ROW = 40
"""Characters of a table's line in which its label ends."""
_ENTRY = 6
"""Characters that an entry of a menu has at most."""
_RUN = 3
"""Entries one under another that make a menu."""
_GENRE = re.compile(
    r"(?:报告|条例|办法|规定|决定|决议|意见|通知|方案|规划|纲要|公报|细则|章程|总结|法)$"
)
_ENTRIES = 4
"""Short entries in a row that make a menu whatever they say."""


def is_menu(line: str) -> bool:
    """Columns of a site, or so many short entries side by side that they can be nothing else."""
    line = _BULLET.sub("", line)
    if _ADDRESS.fullmatch(line) or _GREETING.fullmatch(line) or is_label(line):
        return True
    parts = [part for part in _APART.split(line) if part]
    if not parts:
        return False
    return all(_WORD.fullmatch(part) for part in parts) or (
        len(parts) >= _ENTRIES
        and all(1 < len(part) <= _ENTRY and not _OFFICE.search(part) for part in parts)
        and any(_WORD.fullmatch(part) for part in parts)
    )


def is_label(line: str) -> bool:
    """A line of the table that describes a document: 索 引 号：…, 名　　称："""
    return _LABEL.match(_WHITE.sub("", line[:_ROW])) is not None


def menu_lines(lines: Sequence[str], asides: Collection[int] = ()) -> frozenset[int]:
    """The numbers of those lines that belong to a menu; `asides` are known to be the page's.

    One entry may be anything (美丽河北, 营商环境): among entries half of which are known it is one.
    """
    known = [n in asides or is_menu(line) for n, line in enumerate(lines)]
    found = {n for n, menu in enumerate(known) if menu}
    start = 0
    for end in range(len(lines) + 1):
        if end < len(lines) and (known[end] or _may_be_entry(lines[end])):
            continue
        if end - start >= _RUN and 2 * sum(known[start:end]) >= end - start:
            found.update(range(start, end))
        start = end + 1
    return frozenset(found)


def _may_be_entry(line: str) -> bool:
    return len(line) <= _ENTRY and not _GENRE.search(line)
