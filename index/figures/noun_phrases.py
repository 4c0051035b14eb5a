"""Which words of a clause name something, and which only say that it was done, reached or counted.

Cuts the name that a figure is given of out of the words before or behind its amount. Knows nothing
of the lexicon or of numbers.
"""

from __future__ import annotations

import re

from index.lexicon import qualifiers

_VERBS = (
    "新建 改建 扩建 改扩建 新改建 新改扩建 续建 改造 提升 建成 建设 完成 实现 实施 新增 净增 "
    "新开工 开工 建立 打造 创建 培育 新培育 引进 派出 派驻 下派 办理 办结 化解 已化解 剩余 "
    "组织 举办 开展 发放 投入 投资 安排 筹集 落实 争取 获得 荣获 获批 获评 拥有 共有 设立 "
    "成立 组建 推出 出台 制定 修订 启动 推进 推动 取缔 关停 淘汰 拆除 整治 治理 修复 解决 "
    "帮助 惠及 覆盖 带动 吸引 签约 落地 投产 转化 认定 入选 入围 评选 集中 统筹 支持 保障 "
    "实行 坚持 抓好 做好 重点 扎实 加快 全面 有序 深入 大力 分 分为 共分 回顾 从 有 新 布局 "
    "谋划 储备 达成 盘活 收储 征收 下达 到位 拨付 减免 发行 清理 精简 取消 下放 承接 调整 "
    "优化 形成 聚焦 连续 配备 招聘 招录 选派 培训 转移 安置 救助 资助 征集 受理 查处 立案 "
    "破获 承办 接待 通过 发布 新开通 开通 新开 更新 加装 铺设 敷设 栽植 种植 划定 建有 现有 "
    "已有 累计 计划 购置 投放 配置 采购 分别"
)
# Atomic: several of the verbs are others put together.
_VERB_RUN = re.compile(
    f"(?>{'|'.join(sorted(_VERBS.split(), key=len, reverse=True))}|[了的及和、并再又已将要年人])*+"
)

_LEADING = re.compile(
    r"(?:[^\w“《]+|[一二三四五六七八九十]{1,2}是要?|\d{1,2}月底?前?|年底前|“[九十][一二三四五]?五”(?:时期|期间|末|期末|(?=年均))|其中|同时|此外|特别是|目前|全年|今年|去年|上年|当年|本年|年内|到?(?:19|20)\d\d年(?:底|末|初)?|截至|截止"
    r"|\d{1,2}[-—~]\d{1,2}月|去年底|年底|全[市省区县国州旗盟](?!性|统)|我[市省区县国州旗](?!民)|本[市省区县]|[五5十]年[来内间]?|每年|释放|累计|共(?!同)计?|总共|总计|合计|已经?|将|要(?!素)|再"
    r"|又|先后|还|也|并|且|则|使|让|把|以|对|在|从|由|预计|初步|力争|确保|争取到?|计划|努力|实现|完成|达到?|建成|派出|保持|推动|推进|其|该|即|如|均|"
    r"成功|有效|顺利|全力|全部|进一步|持续|继续|积极|切实|着力|稳步|不断|首次|新的|建议|拟|带动|促进|位居|重点实施|实施|[向对为给把将][^,。;、\d]{2,14}?(?:发放|推送|提供|安排|拨付|投入|下达)|发放|投入|下达|相继|同时|现有|共有|拥有|等)"
)
_TRAILING = re.compile(
    rf"(?:{'|'.join(qualifiers.declines_written())}|"
    r"分别|连续[\d一二三四五六七八九十两]{1,2}年|[年月]人均|同比|环比|比(?:上年|去年)(?:同期)?|较(?:上年|去年)(?:同期)?|同期|[较比](?:19|20)\d\d年(?:底|末|初)?|[较比][^,。;、]{1,8}前|"
    r"(?:是|为)?(?:19|20)\d\d年的?|年均|年平均|平均|每年|实际|名义|累计|同口径|(?:按)?可比(?:价格?|口径)(?:计算)?|可比|预计|力争|确保|争取|将|拟|已经?|均|都|也|又|再|还|仍|首次"
    r"|持续|继续|再次|增产|减产|稳定|保持|控制|维持|稳步|进一步|大幅|明显|成功|完成|实现|达到?|高达|安排|预期目标|每人每[年月]|每人|每[月户]|增速|增幅|涨幅|降幅|增长率?|增加|提高|提升|上升|上涨|下降|降低|减少|回升|回落|下跌|递增|缩短|缩小|压缩|压减"
    r"|跃升|跃居|攀升|扩大|扩展|(?<![新净])增|升|降|涨|突破|超过?|超出|(?<![公节制])约|(?<!附)近|不低于|低于|高于|(?<!行)为|是|(?<![国所私])有|(?<!存)在|至|到|由|从|于|了|共计?|总计|合计|总共|仅|就|各|要|(?<![产功性智节效])能|(?<!许)可|,|、|:|总量|总数|总额|"
    r"总规模|规模|数量|绝对值|净|累计|全年|今年|[三四五十35]年|连年|逐年|力争|年内|占比|占|比重|年?开行|左右|以上|以内|翻|相当于|(?:世界|全球)?排名|位[居列次]|居|(?<!班)列|名列|稳居|增量|[也均都]|的|和|与|及|保持在|以|给)$"
)
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z]")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the name inside a stretch of text begins and ends, function words left out."""
    while start < end and (found := _LEADING.match(text, start, end)):
        start = found.end()
    while start < end:
        found = _TRAILING.search(text, max(start, end - _WINDOW), end)
        if found is None:
            break
        end = found.start()
    while start < end and (found := _LEADING.match(text, start, end)):
        start = found.end()
    return start, end


_WINDOW = 14


def is_name(words: str) -> bool:
    """Tell whether words hold a noun and not mere verbs."""
    return len(_HAN.findall(words)) >= 2 and _VERB_RUN.fullmatch(words) is None


_LONGEST_NAME = 24
_CUT = re.compile(
    r"(?:[,;:。]|(?<=[\u4e00-\u9fff])(?:实施|开展|推进|投入|完成|建成|发放|新增|安排|下达|达到|率先|通过|使|为(?!民|主|农)|让)(?=[\u4e00-\u9fff“]{2}))"
)


def own_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the report's own name for what a stretch speaks of stands; None without one."""
    start, end = trimmed(text, start, end)
    if end - start > _LONGEST_NAME:
        cuts = list(_CUT.finditer(text, start, end))
        if cuts:
            inner = trimmed(text, cuts[-1].end(), end)
            if is_name(text[inner[0] : inner[1]]):
                start, end = inner
    if end - start > _LONGEST_NAME:
        place = max(text.rfind("、", start, end), text.rfind("的", start, end - 2))
        if place > start and is_name(text[place + 1 : end]):
            start = place + 1
    if end - start > 2 * _LONGEST_NAME or _COMPARISON.match(text, start, end):
        return None
    return (start, end) if is_name(text[start:end]) else None


_COMPARISON = re.compile(r"[比较占](?!重|亚|例)|相当于|[高低快]于|仅次于")


_FOLLOWING = re.compile(r"(?:“[^”\n]{1,24}”|[^\W\d_]|[·/+-]|[A-Z0-9]{1,4}(?=[^\W\d_]))+")
_NO_NOUN = re.compile(
    r"以[上下内]|左右|整合|和|与|及|并|全部|正在|正|已|均(?!衡)|都(?!市)|达|增(?!值)|减|下[降达]|上升|提[高升]|较|比|占|居(?!民|家|住)|位[居列]|为|是|完成"
    r"|实现|建成|被(?!征)|获|入[选围]|总[量数额计投]|在(?!校|职|岗|园|建)|将|开工|投[产入运资]|分别|同[比期]|其中|,|、|[多余]|进一步|由|从|到|至|大关|台阶|新[增建]|成功|年均"
    r"|用于|支持|推动|实施|开展|改善|解决|办好|保障|人口大国"
)
_NOUN_END = re.compile(
    r"成为|完成|建成|实现|获|入[选围]|进入|达到?|增长|增加|全部|全面|超额|顺利|投[产运用]|开工|落[户地]|(?<!存)在(?!校|职|岗|园|建)|正在?|已|均(?!衡)|被(?!征)"
    r"|分别|按期|有序|竣工|通车|运行|通过|[和与及等](?=\d)|加快|持续|基本(?!医|养|公|农|建)|首次|总投资|纳入|列入|晋升|跻身|营业收入|产值|规上工业|实施|开业"
    r"|排名|守望|惠及|受益|启动|位?居(?=全|世|第)|位列|(?<!综合)为(?!老|民|农|主)|较|比(?!例|重)|率先|的|成功|签约|合计|回顾|工作$|化解|快速|强劲|完工|成立|发展(?=[强迅加态势壮])"
    r"|进行|整合|实行|免费|免征|免除|配备|晋级|提请|开始|陆续|提供|喜迁|相对|对(?![象口外])"
)


def following_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the noun stands that a count is followed by: 3座人行天桥; None without one."""
    if text[start : start + 1] == "的" and text[start - 1] in "%成‰":
        start += 1
    if text[start : start + 1] == "的":
        return None
    if _NO_NOUN.match(text, start, end):
        return None
    found = _FOLLOWING.match(text, start, end)
    if found is None:
        return None
    stop = found.end()
    if ended := _NOUN_END.search(text, start + 1, stop):
        stop = ended.start()
    while stop > start and text[stop - 1] in "和与及、的":
        stop -= 1
    stop = min(stop, start + _LONGEST_NAME)
    if listed := _LISTED.match(text, stop, min(end, start + _LONGEST_LIST)):
        ended = _NOUN_END.search(text, listed.start("noun"), listed.end())
        stop = ended.start() if ended else listed.end()
    words = text[start:stop]
    if _BARE_SIZE.fullmatch(words):
        return None
    return (start, stop) if len(_HAN.findall(words)) >= 2 or words in _SHORT else None


_LONGEST_LIST = 40
_LISTED = re.compile(
    r"(?:、[^\W\d_和与及等]{2,10})*+(?:[和与及][^\W\d_等]{2,10})?等(?P<noun>[^\W\d_]{2,12})"
)
"""How what is counted goes on where it is listed: 节能、节水和资源综合利用等重大项目."""
_BARE_SIZE = re.compile(r"规模|台阶|大关|门槛|关口|水平|目标|总量|总额")

_SHORT = ("村", "县", "市", "镇", "乡", "省", "国", "人", "校")
