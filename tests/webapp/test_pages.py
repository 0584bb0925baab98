"""What the pages say and where they lead, without a browser."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from indexer.config import Config
from indexer.results import Mode, Sort
from webapp import create_app
from webapp.params import SearchParams


def bare(html: str) -> str:
    """The words of a page, white space gone."""
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", html)))


def links(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'href="([^"]*)"', html)]


def search(**choices) -> str:
    return SearchParams(**choices).url()


# Home


def test_home_says_what_there_is_and_what_is_missing(client):
    page = client.get("/").text
    assert "2份报告" in bare(page)
    assert "有1份文件没有文字可查" in bare(page)
    assert "/failures" in links(page)
    assert search(region=("410000",)) in links(page)
    assert search(year=("2025",)) in links(page)


def test_every_example_can_be_clicked(client):
    page = client.get("/help").text
    examples = [link for link in links(page) if link.startswith("/?q=")]
    assert len(examples) >= 18
    for link in examples:
        assert client.get(link).status_code == 200
        assert 'class="notice"' not in client.get(link).text


def test_before_anything_is_indexed_the_page_says_how_to_begin(empty_client):
    answer = empty_client.get("/")
    assert answer.status_code == 200
    assert "tifa index" in answer.text
    assert empty_client.get("/?q=法治").status_code == 503
    assert "tifa index" in empty_client.get("/r/0000000000").text


# Results


def test_results_show_counts_marks_and_passages(client, town):
    page = client.get(search(q="“让群众少跑路”")).text
    assert "1份报告共2处" in bare(page)
    assert page.count("<mark>让群众少跑路</mark>") == 2
    assert search(q="“让群众少跑路”").replace("/?", f"/r/{town.new}?") in links(page)
    assert town.old not in page


def test_what_files_and_people_write_is_escaped(client, town):
    page = client.get(search(q="“营商环境” <script>alert(1)</script>")).text
    assert "<script>alert" not in page
    page = client.get(f"/r/{town.new}").text
    assert "&lt;b&gt;A&amp;B&lt;/b&gt;示范区" in page


def test_filters_narrow_and_can_be_taken_off(client):
    url = search(q="法治政府建设", region=("410500",), year=("2025",))
    page = client.get(url).text
    assert "1份报告" in bare(page)
    assert "安阳市" in page
    assert search(q="法治政府建设", year=("2025",)) in links(page)
    assert search(q="法治政府建设") in links(page)
    assert re.search(r'name="region" value="410500" id="region-410500" checked', page)
    assert re.search(r'name="region" value="410000" id="region-410000">', page)


def test_filters_alone_are_a_search(client):
    assert "2份报告" in bare(client.get("/?region=410000").text)


def test_a_region_may_be_named_and_the_address_is_the_one_with_its_code(client):
    page = client.get("/?q=法治&region=安阳市&sort=relevance&page=1&topic=").text
    canonical = search(q="法治", region=("410500",)).replace("&", "&amp;")
    assert f'<link rel="canonical" href="{canonical}">' in page


def test_filters_typed_into_the_box_become_chips_that_come_off(client):
    page = client.get("/?q=法治 地区：安阳市 年份：2025").text
    moved = search(q="法治", region=("410500",), year=("2025",))
    assert f'<link rel="canonical" href="{moved.replace("&", "&amp;")}">' in page
    assert 'value="法治"' in page
    assert 'class="notice"' not in page
    assert re.search(r'name="region" value="410500" id="region-410500" checked', page)
    assert search(q="法治", year=("2025",)) in links(page)


def test_a_filter_that_cannot_be_one_is_said(client):
    page = client.get("/?q=法治 OR 地区：安阳市").text
    assert "region:安阳市" in re.search(r'<p class="notice">([^<]+)</p>', page)[1]
    assert 'class="chips"' not in page


def test_the_mode_is_switched_beside_the_words_and_goes_on_to_the_report(client, town):
    page = client.get(search(q="推进法治 政府建设", mode=Mode.EXACT)).text
    assert "2份报告共3处" in bare(page)
    assert re.search(r'type="radio" name="mode" value="exact" checked', page)
    report = search(q="推进法治 政府建设", mode=Mode.EXACT).replace("/?", f"/r/{town.new}?")
    assert report in links(page)
    read = client.get(report).text
    assert re.findall(r'<mark id="(m\d)"', read) == ["m1", "m2"]
    assert re.search(r'type="radio" name="mode" value="exact" checked', read)
    assert read.count('name="mode" value="exact"') == 2
    assert re.search(r'type="radio" name="mode" value="words" checked', client.get("/").text)


def test_whole_numbers_are_ticked_and_go_on_to_the_report(client, town):
    page = client.get("/?q=“25年”").text
    assert re.search(r'name="whole" value="1" form="search" id="whole">', page)
    page = client.get("/?q=“25年”&whole=1").text
    assert "没有找到" in page
    assert re.search(r'name="whole" value="1" form="search" id="whole" checked>', page)
    read = client.get(f"/r/{town.new}?q=“25年”&whole=1").text
    assert "<mark" not in read
    assert '<input type="hidden" name="whole" value="1">' in read
    assert "<mark" in client.get(f"/r/{town.new}?q=“25年”").text


def test_nothing_found_says_what_could_not_be_searched(client):
    page = client.get("/?q=“没有人这样说过”").text
    assert "没有找到" in page
    assert "有1份文件没有文字可查" in bare(page)


def test_problems_of_a_query_are_shown(client):
    page = client.get('/?q="法治政府').text
    assert re.search(r'<p class="notice">[^<]+</p>', page)


def test_a_typed_range_of_years_leads_to_the_address_of_that_search(client):
    answer = client.get("/?to=2026&q=法治&region=河南省&sort=newest&from=2024&per=20&whole=1")
    wanted = search(
        q="法治", region=("410000",), year=("2024-2026",), sort=Sort.NEWEST, per=20, whole=True
    )
    assert answer.status_code == 302
    assert answer.location == wanted
    page = client.get(wanted).text
    assert "2024–2026" in page
    assert search(q="法治", region=("410000",), sort=Sort.NEWEST, per=20, whole=True) in links(page)
    for name in ("from", "to"):
        assert re.search(
            rf'<input form="search" id="year-{name}" name="{name}"[^>]* aria-label="', page
        )


def test_fields_left_empty_are_no_range(client):
    assert client.get("/?q=法治&from=&to=").status_code == 200


# Errors


@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        ("/?q=法治&region=火星", 404, "没有这个地区：火星"),
        ("/?q=法治&region=火星", 404, "没能照这样检索"),
        ("/?q=法治&year=20x5", 400, "不是年份：20x5"),
        ("/?q=法治&from=20x5&to=2026", 400, "不是年份：20x5"),
        ("/?q=法治&topic=占星", 400, "没有这个主题：占星"),
        ("/?q=法治&page=0", 400, "page 不能是 0"),
        ("/?q=法治&page=two", 400, "page 不能是 two"),
        ("/?q=法治&per=7", 400, "per 不能是 7"),
        ("/?q=法治&mode=loose", 400, "mode 不能是 loose"),
        ("/?q=法治&page=9", 404, "没有第 9 页：结果到第 1 页为止"),
        ("/?q=“”", 400, "请输入要查找的词语"),
        ("/r/0000000000", 404, "没有编号为 0000000000 的报告"),
        ("/r/0000000000/file", 404, "没有编号为 0000000000 的报告"),
        ("/p/not-an-address", 404, "不是有效的段落地址"),
        ("/nothing", 404, "没有这一页"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_right_status(client, url, status, words):
    answer = client.get(url)
    assert answer.status_code == status
    assert words in answer.text
    assert 'role="search"' in answer.text


def test_a_page_beyond_the_end_links_to_the_last(client):
    assert search(q="法治") in links(client.get("/?q=法治&page=9").text)


def test_what_was_typed_stays_in_the_box(client):
    assert 'value="法治"' in client.get("/?q=法治&year=20x5").text


def test_the_unforeseen_is_a_page_of_its_own(town):
    app = create_app(town.config)
    app.add_url_rule("/fails", view_func=lambda: 1 / 0)
    answer = app.test_client().get("/fails")
    assert answer.status_code == 500
    assert "出错了" in answer.text
    assert "division" not in answer.text


# Reports


def test_a_report_shows_its_text_metadata_and_outline(client, town):
    page = client.get(f"/r/{town.new}").text
    assert "继续推进法治政府建设，让群众少跑路、好办事。" in bare(page)
    assert search(region=("410000",)) in links(page)
    assert search(year=("2025",)) in links(page)
    document = town.library.report(town.new).document
    headings = [n for n, block in enumerate(document.blocks) if block.kind == "heading"]
    assert len(headings) == 2
    for number in headings:
        assert f"#p{number}" in links(page)
        assert f'id="p{number}"' in page


def test_matches_are_numbered_and_stepped_through_by_links(client, town):
    query = search(q="“法治政府建设”")[1:]
    page = client.get(f"/r/{town.new}{query}").text
    assert re.findall(r'<mark id="(m\d)"', page) == ["m1", "m2"]
    assert "–/2" in bare(page)
    assert f"/r/{town.new}{query}&m=1#m1" in links(page)
    last = client.get(f"/r/{town.new}{query}&m=2").text
    assert "2/2" in bare(last)
    assert '<mark id="m2" class="current"' in last
    assert f"/r/{town.new}{query}&m=1#m1" in links(last)


@pytest.mark.parametrize("typed", ["%22", "“”", ""])
def test_reports_found_by_filters_alone_open_without_marks(client, town, typed):
    page = client.get(f"/?q={typed}&year=2025").text
    found = [link for link in links(page) if link.startswith("/r/")]
    assert {link[3:].partition("?")[0] for link in found} == {town.new, town.kept}
    for link in found:
        opened = client.get(link)
        assert opened.status_code == 200
        assert "<mark" not in opened.text


def test_the_way_back_leads_to_the_same_results(client, town):
    url = search(q="法治政府建设", region=("410000",), page=1, per=20)
    (hit,) = {link for link in links(client.get(url).text) if link.startswith(f"/r/{town.new}")}
    page = client.get(hit).text
    assert url in links(page)
    assert '<input type="hidden" name="region" value="410000">' in page


def test_an_id_may_be_typed_carelessly(client, town):
    assert client.get(f"/r/{town.new.upper()}").status_code == 200


def test_a_replaced_report_stays_readable_and_names_its_successor(client, town):
    page = client.get(f"/r/{town.old}?q=法治").text
    assert "快办事" in page
    assert "这是旧版本" in page
    assert search(q="法治").replace("/?", f"/r/{town.new}?") in links(page)


def test_a_withdrawn_report_stays_readable(client, town):
    page = client.get(f"/r/{town.withdrawn}").text
    assert "粮食产量稳定" in page
    assert "已经移走或删除" in page


def test_a_file_is_handed_out_as_it_was(client, town):
    with client.get(f"/r/{town.new}/file") as answer:
        assert answer.status_code == 200
        assert answer.mimetype == "text/plain"
        assert "attachment" in answer.headers["Content-Disposition"]
        assert "好办事" in answer.data.decode("utf-8")


def test_a_pdf_opens_in_the_browser_at_its_page(samples_index):
    client = create_app(samples_index).test_client()
    found = client.get("/api/search?q=法治政府建设&limit=50").json["hits"]
    report = next(hit["id"] for hit in found if any(passage["page"] for passage in hit["passages"]))
    assert f"/r/{report}/file#page=2" in links(client.get(f"/r/{report}").text)
    with client.get(f"/r/{report}/file") as answer:
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("inline")
        assert answer.data.startswith(b"%PDF")


def test_a_file_that_is_gone_is_410(client, town):
    for report in (town.old, town.withdrawn):
        answer = client.get(f"/r/{report}/file")
        assert answer.status_code == 410
        assert "原件不在了" in answer.text


# Passages


def passage_of(client, url: str) -> str:
    found = [link for link in links(client.get(url).text) if link.startswith("/p/")]
    return found[0]


def test_a_passage_link_shows_those_very_words(client):
    link = passage_of(client, "/?q=“医药卫生体制改革”")
    page = client.get(link).text
    cited = re.search(r'<span class="cited" id="passage"[^>]*>(.*?)</span>', page)
    assert cited
    assert bare(cited[1]) == "医药卫生体制改革"
    assert "链接所指的文字就在原处" in page
    short = link.split("?")[0]
    assert f'<link rel="canonical" href="{short}">' in page
    assert client.get(short).status_code == 200


def test_words_that_are_gone_are_said_to_be_gone(client, town):
    report, offset, length, check = (
        passage_of(client, "/?q=“医药卫生体制改革”")[3:].split("?")[0].split(".")
    )
    other = f"/p/{report}.{offset}.{length}." + ("0" * len(check))
    page = client.get(other).text
    assert "没有链接所指的那段话" in page
    assert 'id="passage"' not in page
    assert "营商环境" in page


def test_words_elsewhere_are_said_to_have_moved(client):
    report, offset, length, check = (
        passage_of(client, "/?q=“医药卫生体制改革”")[3:].split("?")[0].split(".")
    )
    page = client.get(f"/p/{report}.{int(offset) - 1}.{length}.{check}").text
    assert "已不在原来的位置" in page
    assert re.search(r'<span class="cited" id="passage"[^>]*>医药卫生体制改革</span>', page)


# Every page


@pytest.mark.parametrize(
    "url", ["/", "/?q=法治", "/help", "/failures", "/nothing", "/api/search?q=法治"]
)
def test_nothing_foreign_runs_in_a_page(client, url):
    answer = client.get(url)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]* src=)", answer.text)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', answer.text)


def test_failures_are_listed_with_their_reason(client, town):
    page = client.get("/failures").text
    for failure in town.library.failures():
        assert failure.path.split("/")[-1] in page
        assert failure.reason in page


def test_failures_are_listed_even_while_the_index_is_missing(town, tmp_path):
    config = Config(tmp_path / "index", workers=1)
    shutil.copytree(town.config.index, config.index)
    shutil.rmtree(config.segments)
    client = create_app(config).test_client()
    assert client.get("/?q=法治").status_code == 503
    answer = client.get("/failures")
    assert answer.status_code == 200
    assert "坏的.pdf" in answer.text
    assert "有1份文件没有文字可查" in bare(answer.text)


def test_the_stylesheet_and_scripts_stay_small(app):
    sizes = {file.name: file.stat().st_size for file in Path(app.static_folder).iterdir()}
    assert sizes["tifa.css"] < 60_000
    assert sum(size for name, size in sizes.items() if name.endswith(".js")) < 60_000
