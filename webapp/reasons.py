"""Why a file was not read, or not all of it, in the language of a request.

The catalogue keeps reasons as Chinese sentences, with what they name filled in. Here they are
known again by their patterns; a reason with a sentence that fits none stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from indexer.messages import N_, Message, Value
from webapp.language import Labels, Word, said

_SENTENCES = (
    N_("文件是空的（0 字节）。"),
    N_("请重新下载。"),
    N_("文件有 %(size)s MB，超过 %(most)s MB 的上限。"),
    N_("请拆分或压缩图片后再放回。"),
    N_("系统不允许读取（%(error)s）。"),
    N_("请检查文件是否存在、有无权限。"),
    N_("文档只有图片，没有文字。"),
    N_("文档是空白的，没有文字。"),
    N_("请换成有文字的版本。"),
    N_("有 %(count)s 处子文档在别的文件里，没有读取。"),
    N_("有 %(count)s 处嵌入的子文档没有读取。"),
    N_("请拆分，或删去不需要的内容后另存。"),
    N_("DOCX 文件损坏：%(why)s。"),
    N_("请用 Word 打开并重新保存，或重新下载。"),
    N_("DOCX 文件损坏，无法打开（%(error)s）。"),
    N_("请用 Word 打开并重新保存。"),
    N_("文字超过 %(most)s 万字。"),
    N_("请拆分后再放回。"),
    N_("部件 %(part)s 损坏（%(why)s），其内容没有读取。"),
    N_("第 %(pages)s 页没有文字层（扫描件），查不到其中的文字。"),
    N_("第 %(pages)s 页的文字层是乱码（字体没有编码表），查不到其中的文字。"),
    N_("第 %(pages)s 页已损坏，没有读出。"),
    N_("第 %(pages)s 页的图片里没有识别出文字。"),
    N_("共 %(pages)s 页，其中%(what)s。"),
    N_("共 %(pages)s 页，都是空白。"),
    N_("请先做文字识别（OCR），或换成有文字的版本。"),
    N_("请检查文件是否完整。"),
    N_("读取 %(kind)s 文件需要 LibreOffice，这台电脑上没有找到。"),
    N_(
        "请安装它（Debian、Ubuntu：apt install libreoffice-writer-nogui；"
        "其他系统见 libreoffice.org）后再运行一次，或用 Word、WPS 另存为 .docx。"
    ),
    N_("文件有密码。"),
    N_("请用 Word 或 WPS 打开，去掉密码后另存。"),
    N_("LibreOffice 转换了 %(seconds)s 秒还没有完成，已放弃，下次再试。"),
    N_("LibreOffice 打不开，文件可能已损坏或有密码。"),
    N_("请用 Word 或 WPS 另存为 .docx。"),
    N_("篇幅超过上限，只读了前 %(read)s 字，查不到其后的文字。"),
    N_("有 %(pages)s 页，上限是 %(most)s 页。"),
    N_("OFD 文件里没有页。"),
    N_("请重新下载，或用阅读器另存为 PDF。"),
    N_("OFD 文件损坏（%(error)s）。"),
    N_("压缩包里有 %(count)s 个文件，超过上限，不像是报告。"),
    N_("解压后的文字部分有 %(size)s MB，超过上限，不像是报告。"),
    N_("压缩比达到 %(ratio)s 倍，超过上限，不像是报告。"),
    N_("请检查文件，或另存一份。"),
    N_("压缩包有密码。"),
    N_("请去掉密码后再放回。"),
    N_("DOCX 或压缩包的目录损坏，文件可能没有下载完整。"),
    N_("PDF 文件损坏，找不到页面的目录。"),
    N_("PDF 文件损坏，%(count)s 页都没有读出。"),
    N_("PDF 文件用了 Brotli 压缩，目前还不能读。"),
    N_("PDF 文件不完整，结尾缺失，多半没有下载完。"),
    N_("PDF 文件损坏，里面没有页面。"),
    N_("请重新下载，或用阅读器另存一份。"),
    N_("请用阅读器另存一份。"),
    N_("请打开后去掉密码，另存一份。"),
    N_("文件用了不认识的加密方式，打不开。"),
    N_("请用阅读器打开后，去掉密码另存一份。"),
    N_("内容是压缩包。"),
    N_("请解压后再放回这里。"),
    N_("内容是%(kind)s，不是文字文件。"),
    N_("内容是%(kind)s，暂不支持。"),
    N_("请检查是不是放错了文件。"),
    N_("请另存为 PDF，再放回这里。"),
    N_("请用 Word 或 WPS 另存为 .docx，或导出为 PDF，再放回这里。"),
    N_("内容是旧式 Office 文件，不是报告正文。"),
    N_("内容不是 PDF、DOCX 或文本，文件可能已损坏。"),
    N_("DOCX 里缺少正文部分。"),
    N_("请用 Word 打开，去掉密码后另存。"),
    N_("文件里没有文字。"),
    N_("请检查它是否完整。"),
    N_("内容是网页（HTML），里面没有文字。"),
    N_("请在浏览器里打开，把正文另存为文本。"),
    N_("内容是网页（HTML），只写着“%(quoted)s”，不是报告。"),
    N_("请重新下载正文。"),
    N_("文件里混用了两种编码（UTF-8 和 %(encoding)s），已分别解读。"),
    N_("不像中文文本，按 %(encoding)s 编码解读。"),
    N_("有 %(count)s 处字节无法解读，已用 %(sign)s 代替。"),
    N_("原文件里已有 %(count)s 处 %(sign)s，那里的字在保存之前就丢失了。"),
    N_("文字像是乱码（%(how)s），请换一份原文件。"),
    N_("网页的层次太深，更深处的内容没有读到。"),
    N_("打不开（%(error)s）。"),
    N_("请检查文件是否还在、权限是否允许。"),
    N_("读取时文件正被改动。"),
    N_("请稍后再运行一次。"),
    N_("读了 %(seconds)s 秒还没有读完，已放弃，下次再试。"),
    N_("文件也可能已损坏。"),
    N_("读取程序两次崩溃（%(error)s）：文件已损坏，或所需内存超过上限。"),
    N_("读取程序两次崩溃（%(error)s）：文件已损坏，或所需内存超过上限（%(most)s GB）。"),
    N_("读它所需的内存超过上限。"),
    N_("读它所需的内存超过上限（%(most)s GB）。"),
    N_("读取程序被系统中止（多半是内存不足），下次再试。"),
    N_("请重新下载，或另存一份。"),
    N_("读取时出现意外错误（%(error)s）。"),
    N_("请报告这个文件。"),
    N_("没有文字层，图片里也没有识别出文字。"),
    N_("名字不是有效的 UTF-8，无法记录。"),
    N_("请改名。"),
    N_("打不开这个文件夹（%(error)s）。"),
    N_("请检查权限。"),
    N_("不是普通文件（管道、设备等），不读取。"),
    N_("目录库里它的文字或信息已损坏，请再运行一次 tifa index 重读"),
    N_("%(why)s。"),
)
_PARTS = (
    N_("正文部件 %(part)s 不是 Word 正文"),
    N_("正文部件 %(part)s %(why)s"),
    N_("压缩数据与目录不符（%(error)s）"),
    N_("压缩数据损坏，文件可能没有下载完整"),
    N_("压缩方式不是 Word 所用的"),
    N_("有文字的部件有 %(count)s 个，超过 %(most)s 个"),
    N_("里面没有正文部件"),
    N_("文字部件解压后超过 %(most)s MB"),
    N_("含有 DTD 声明，Word 文档不许有"),
    N_("第 %(line)s 行不是合法的 XML（%(error)s）"),
    N_("第 %(line)s 行嵌套过深、过长或实体过多"),
    N_("%(scanned)s，%(garbled)s"),
    N_("%(pages)s 页没有文字层（扫描件）"),
    N_("%(pages)s 页的文字层是乱码或已损坏"),
    N_("%(kind)s 图片"),
    N_("%(kind)s 压缩包"),
    N_("%(kind)s 文档"),
    N_("数据库"),
    N_("程序"),
    N_("Excel 工作簿"),
    N_("PowerPoint 演示文稿"),
    N_("OpenDocument 表格或演示文稿"),
    N_("%(true)s被当作西文解读过"),
    N_("%(true)s被当作 %(false)s 解读过"),
    N_("含有“%(quoted)s”"),
)
"""What may be filled in where a sentence says why."""

_QUOTED = "quoted"
"""The place for what a file says itself, which is not translated."""
_END = re.compile("(?<=。)；?")
_PLACE = re.compile(r"%\((\w+)\)s")
_CHINESE = re.compile("[\u4e00-\u9fff]")


def reason(text: str, labels: Labels) -> Word:
    """A reason as the catalogue has it, in the language of the page if all of it is known."""
    known = _known(text) if labels.english else None
    if known is None:
        return Word(text, chinese=True)
    return Word(" ".join(map(said, known)), chinese=False)


@lru_cache(1000)
def _known(text: str) -> tuple[Message, ...] | None:
    """Its sentences as messages; None where one of them is none that is known."""
    found = tuple(_match(sentence, _SENTENCES) for sentence in _END.split(text) if sentence)
    return None if None in found else tuple(filter(None, found))


def _match(text: str, templates: Iterable[str]) -> Message | None:
    for template in templates:
        found = _pattern(template).fullmatch(text)
        if found and (values := _values(found.groupdict())) is not None:
            return Message(template, values)
    return None


def _values(found: Mapping[str, str]) -> dict[str, Value] | None:
    """What stands in the places; None where one holds Chinese that is not known."""
    values = {name: _value(name, text) for name, text in found.items()}
    known = {name: value for name, value in values.items() if value is not None}
    return known if len(known) == len(values) else None


def _value(name: str, text: str) -> Value | None:
    if name == _QUOTED or not _CHINESE.search(text):
        return tuple(text.strip().split("、"))
    return _match(text, _PARTS)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    # Splitting by a group leaves the names of the places between the texts around them.
    pieces = enumerate(_PLACE.split(template))
    written = (f"(?P<{piece}>.+?)" if odd % 2 else re.escape(piece) for odd, piece in pieces)
    return re.compile("".join(written), re.DOTALL)
