"""The words of what surrounds a conversation on the page, in English and Chinese of both scripts.

Keeping, opening and saving conversations, copying citations, votes. Knows nothing of HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.types import Language


@dataclass(frozen=True, slots=True)
class ChatTexts:
    """Every text in one language; braces are filled by the caller.

    `deleted`, `rename` and `delete` take `title`; `saved_on` takes `date`.
    """

    conversations: str
    none_kept: str
    kept_here: str
    open_now: str
    rename: str
    rename_label: str
    delete: str
    deleted: str
    undo: str
    save: str
    cancel: str
    close: str
    save_as: str
    save_markdown: str
    save_evidence: str
    saved_on: str
    unreadable: str
    not_kept: str
    source_gone: str
    source_changed: str
    cite: str
    plain: str
    gbt7714: str
    bibtex: str
    copied: str
    not_copied: str
    helpful: str
    unhelpful: str
    reason: str
    send: str
    thanks: str
    not_noted: str


_SIMPLIFIED = ChatTexts(
    conversations="历史对话",
    none_kept="还没有保存的对话。",
    kept_here="只存在这个浏览器里。",
    open_now="当前",
    rename="重命名“{title}”",
    rename_label="对话名称",
    delete="删除“{title}”",
    deleted="已删除“{title}”",
    undo="撤销",
    save="确定",
    cancel="取消",
    close="关闭",
    save_as="导出",
    save_markdown="Markdown，附出处",
    save_evidence="证据包（JSON）",
    saved_on="{date} 由报告（Baogao）导出。方括号中的数字对应答案后的出处。",
    unreadable="这段对话无法读取，没有打开。",
    not_kept="浏览器没有保存这段对话（存储空间已满或被禁用），关闭页面后将丢失。",
    source_gone="索引中已没有这份文件，下面是当时引用的字句。",
    source_changed="索引中的这份文件已经变动，下面是当时引用的字句。",
    cite="复制引文",
    plain="纯文本",
    gbt7714="GB/T 7714",
    bibtex="BibTeX",
    copied="已复制",
    not_copied="没能复制",
    helpful="有用",
    unhelpful="没用",
    reason="好在哪里，错在哪里？（可不填）",
    send="提交",
    thanks="已记在本机的数据文件夹里。",
    not_noted="没能记下，详情见终端。",
)

_TRADITIONAL = ChatTexts(
    conversations="歷史對話",
    none_kept="還沒有儲存的對話。",
    kept_here="只存在這個瀏覽器裡。",
    open_now="目前",
    rename="重新命名「{title}」",
    rename_label="對話名稱",
    delete="刪除「{title}」",
    deleted="已刪除「{title}」",
    undo="復原",
    save="確定",
    cancel="取消",
    close="關閉",
    save_as="匯出",
    save_markdown="Markdown，附出處",
    save_evidence="證據包（JSON）",
    saved_on="{date} 由報告（Baogao）匯出。方括號中的數字對應答案後的出處。",
    unreadable="這段對話無法讀取，沒有開啟。",
    not_kept="瀏覽器沒有儲存這段對話（儲存空間已滿或被停用），關閉頁面後將遺失。",
    source_gone="索引中已沒有這份檔案，下面是當時引用的字句。",
    source_changed="索引中的這份檔案已經變動，下面是當時引用的字句。",
    cite="複製引文",
    plain="純文字",
    gbt7714="GB/T 7714",
    bibtex="BibTeX",
    copied="已複製",
    not_copied="沒能複製",
    helpful="有用",
    unhelpful="沒用",
    reason="好在哪裡，錯在哪裡？（可不填）",
    send="送出",
    thanks="已記在本機的資料夾裡。",
    not_noted="沒能記下，詳情見終端機。",
)

_ENGLISH = ChatTexts(
    conversations="Conversations",
    none_kept="No conversations kept yet.",
    kept_here="Kept in this browser only.",
    open_now="open now",
    rename="Rename “{title}”",
    rename_label="Name of the conversation",
    delete="Delete “{title}”",
    deleted="Deleted “{title}”",
    undo="Undo",
    save="Rename",
    cancel="Cancel",
    close="Close",
    save_as="Save",
    save_markdown="Markdown with sources",
    save_evidence="Evidence bundle (JSON)",
    saved_on="Saved by Baogao (报告) on {date}. "
    "A number in brackets names a source below its answer.",
    unreadable="This conversation cannot be read and was not opened.",
    not_kept="This browser did not keep the conversation (its storage is full or switched off); "
    "it is lost when the page closes.",
    source_gone="The index no longer holds this file. These are the words cited then.",
    source_changed="The file in the index has changed. These are the words cited then.",
    cite="Copy citation",
    plain="Plain text",
    gbt7714="GB/T 7714",
    bibtex="BibTeX",
    copied="Copied",
    not_copied="Not copied",
    helpful="Helpful",
    unhelpful="Not helpful",
    reason="What was good or wrong? (optional)",
    send="Send",
    thanks="Noted in the data folder of this machine.",
    not_noted="Not noted; the terminal has the details.",
)

CHAT_TEXTS: Mapping[Language, ChatTexts] = {
    "zh-Hans": _SIMPLIFIED,
    "zh-Hant": _TRADITIONAL,
    "en": _ENGLISH,
}
