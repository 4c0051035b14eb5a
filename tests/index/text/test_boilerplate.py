import pytest

from index.text.boilerplate import content_end, is_debris


@pytest.mark.parametrize(
    "line",
    [
        "|",
        "![]() |",
        "|||||||",
        "查看余下全文",
        "导航菜单",
        "精彩图片",
        "打印 关闭",
        "[打印] [关闭窗口]",
        "【字体:大 中 小】 打印 分享到:",
        "下载",
        "字号:大 中 小",
        "首页 > 政务公开 > 政府工作报告",
        "您当前的位置:首页 > 工作报告",
        "上一篇:没有了",
        "下一篇:2023年财政预算报告",
        "本文地址:/baogao/huazhong/6191.html",
        "本文仅代表作者观点,不代表本站立场。凡注明为本站原创作品的,未经许可,不得转载。",
        "版权与免责声明:凡本网注明来源的作品,均受著作权法保护。",
        "凡本网注明“来源:本网”的所有作品,转载请注明出处。",
        "留言与评论(共有 条评论)",
        "验证码:",
        "浏览次数:1234次",
        "(下转第四版)",
        "下转7版",
        "举报/反馈",
        "返回搜狐,查看更多",
        "声明:该文观点仅代表作者本人,本平台仅提供信息存储服务。",
        "长按识别二维码关注我们",
        "版权所有:某市人民政府办公室 京ICP备12345678号",
        "京公网安备11010202000001号",
    ],
)
def test_what_a_page_leaves_is_debris(line: str) -> None:
    assert is_debris(line)


@pytest.mark.parametrize(
    "line",
    [
        "2022年02月22日 11:02 来源:嘉峪关日报",
        "(责任编辑:石兰兰)",
        "(记者翟倩倩、郭嘉莉)",
        "来源:新华网",
        "阅读量大幅增长。",
        "打印机产业年产值达到5亿元。",
        "关闭煤矿12处。",
        "全面推行政务服务网上评论。",
        "一、相关工作",
        "下载量突破100万次。",
        "大中小企业融通发展",
        "位置优越,交通便利",
        "——地区生产总值增长8%;",
        "图片新闻报道增长20%",
        "原标题:市政府工作报告",
        "主办单位:省教育厅,各州、市人民政府",
        "打开新局面",
    ],
)
def test_content_is_not_debris(line: str) -> None:
    assert not is_debris(line)


def test_buttons_behind_a_dateline_are_cut_off() -> None:
    line = "2023-01-31 来源:本报 打印 关闭"
    assert line[: content_end(line)] == "2023-01-31 来源:本报"


def test_a_sentence_that_ends_in_a_buttons_word_is_whole() -> None:
    line = "我们推动应用 下载"
    assert content_end(line) == len(line)
