"""What a web page leaves around a report: lines and parts of lines that are not the report's.

Menus, buttons, disclaimers, comment boxes, captchas and page turns. Bylines, sources, dates and
editors are content and stay. Nothing here knows how a text is cut into lines; all of it reads
folded text: Simplified, half-width, with plain spaces.
"""

from __future__ import annotations

import re

_ACTION = (
    r"(?:打印(?:本[页文]|此[页文]|页面|文章)?|下载(?:本文|附件|文档|全文)?|关闭(?:窗口|页面|本页)?"
    r"|收藏(?:本[页站])?|分享(?:到|至)?|微信|微博|朋友圈|QQ空间|纠错|朗读|语音播报"
    r"|返回(?:顶部|首页|列表)?|繁体(?:版)?|简体(?:版)?|无障碍(?:浏览|阅读)?|字[体号](?:大小|调整)?)"
)
_SIZE = r"(?:大|中|小|特大|超大|默认|A[+-]?)"
_RIM = r"[\[\]【】()〔〕|/:\s]*"
_BUTTONS = rf"{_RIM}{_ACTION}(?:{_RIM}(?:{_ACTION}|{_SIZE}))*{_RIM}"

_LINES = {
    "what a converter leaves of images, links, rules and empty cells": (
        r"(?:!?\[[^\]]*\]\([^)]*\)|!\[\]|[|\s·•*_=~-])+"
    ),
    "buttons, alone or in a row": _BUTTONS,
    "the rest is behind a link": (
        r"(?:点击)?(?:查看|展开|阅读)(?:余下|馀下|剩余|更多)?(?:全文|原文|更多|内容)|加载(?:更多|中)\.*"
    ),
    "menus": (
        r"(?:网站)?导航(?:菜单|栏)?|跳转到.{0,12}"
        r"|(?:网站地图|联系我们|关于我们|设为首页|加入收藏|友情链接|隐私声明|登录|注册|[|\s])+"
    ),
    "the path to the page": (
        r"(?:您|你)?(?:当前|现在)?(?:的|所在)*位置(?:是)?:.*|(?:网站)?首页(?:\s*[>»›]+\s*\S+)+"
    ),
    "the neighbouring pages": r"[上下]一[篇页条](?:[:|\s].*|没有了)?",
    "headings of boxes beside the text": (
        r"(?:精彩(?:图片|推荐)|(?:相关|延伸|推荐)(?:阅读|链接|新闻|文章|稿件|附件|文档)"
        r"|热门(?:推荐|文章|新闻)|猜你喜欢|图片新闻|扫一扫.{0,20}|更多精彩.{0,20}):?"
    ),
    "the page's own address": r"(?:本文|文章|原文)?(?:地址|链接|网址):(?:https?:/)?/\S*",
    "disclaimers": (
        r"\S{0,12}(?:版权(?:[与及和]?免责)?|免责)(?:声明|条款)[:|\s]*.*"
        r"|(?:本文|文章)[仅只]?代表作者(?:个人|本人)?的?观点.*"
        r"|凡?(?:本[网站]|注明).{0,30}(?:原创|转载|版权).*|.{0,20}(?:转载|引用)请(?:注明|标明).*"
    ),
    "portals that carry others' texts": (
        r"举报(?:[/|]反馈)?|返回(?:搜狐|首页),?查看更多|打开.{2,8}(?:新闻|APP).{0,12}"
        r"|(?:特别|平台|郑重|网站)?声明:\s*(?:以上|该文|本文|此文|转载).*|Notice: The content.*"
        r"|(?:点击)?(?:上方|下方)?蓝字.{0,12}|(?:请)?(?:长按|扫描|识别).{0,12}二维码.{0,12}"
    ),
    "the foot of a site": (
        r".{0,60}(?:ICP备|公网安备|网站标识码|Copyright|All Rights Reserved).*"
        r"|版权所有[:|\s]?.{0,60}|技术支持:.{0,30}|您是第?\s*\d*\s*位访(?:问者|客).*"
    ),
    "the licence of Chinese Wikisource": (
        r"本作品是中华人民共和国的法律、法规,国家机关的决议.*|(?:注:)?中文维基文库社群认为.*。"
        r"|Public domain|true|false"
    ),
    "comment boxes": (
        r"留言与评论.*|(?:发表|我要|网友|最新|全部|查看|暂无)(?:评论|留言).{0,20}"
        r"|(?:用户名|密码|昵称|提交(?:评论)?|重置|验证码|看不清.{0,8}|点击刷新):?.{0,4}"
    ),
    "page turns of a newspaper": (
        r"\(?(?:下转|上接|紧接|转|接)第?[0-9A-Z一二三四五六七八九十]{1,4}版\)?"
    ),
    "counters": r"(?:浏览|阅读|点击)(?:次数|数|量)?:\s*\d*\s*次?",
}
"""Patterns of whole lines, by what leaves them."""

_LINE = re.compile("|".join(f"(?:{pattern})" for pattern in _LINES.values()), re.IGNORECASE)

_HINTS = (
    "| ! [ * _ = ~ • · - 打印 下载 关闭 收藏 分享 微信 微博 朋友圈 QQ 纠错 朗读 播报 返回 "
    "繁体 简体 无障碍 字体 字号 查看 展开 阅读 加载 导航 跳转 网站 联系 关于 首页 友情 隐私 "
    "登录 注册 位置 上一 下一 精彩 相关 延伸 推荐 热门 猜你 图片 扫一扫 地址 链接 网址 版权 "
    "免责 代表作者 本网 本站 注明 标明 作品是 维基 ublic true false TRUE FALSE True False "
    "评论 留言 用户名 密码 昵称 提交 重置 验证码 看不清 刷新 浏览 点击 转 接 举报 打开 声明 "
    "otice 蓝字 二维码 识别 ICP icp 安备 标识码 opyright ights 技术支持 访问者 访客"
)
_HINT = re.compile("|".join(map(re.escape, _HINTS.split())))
"""Each pattern of a line needs one of these near its start; most lines are told by that alone."""

_DATELINE = re.compile(r"\(?(?:\d{4}[年/-]|来源|作者|发布|信息|时间|日期|编辑)")
_TAIL = re.compile(rf"[|\s\[【(]+{_BUTTONS}$")

INLINE = (
    r"\((?:下转|上接|紧接|转|接)第?[0-9A-Z一二三四五六七八九十]{1,4}版[^()\n]{0,12}\)"
    r"|[\[【(]字[体号]:?[ 特超大中小默认+-]*[\]】)]"
)
"""Debris that also stands inside a line of content: page turns of a newspaper, font sizes."""


def is_debris(line: str) -> bool:
    """Return whether a line, without space around it, is not the report's."""
    return _HINT.search(line, 0, 60) is not None and _LINE.fullmatch(line) is not None


def content_end(line: str) -> int:
    """Return where a line's content ends: before the buttons behind a dateline."""
    found = _TAIL.search(line) if len(line) < 160 and _DATELINE.match(line) else None
    return found.start() if found else len(line)
