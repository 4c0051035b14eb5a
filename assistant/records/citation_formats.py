"""A citation as people put it into their own texts: plain, GB/T 7714-2015 and BibTeX.

A part that is not known is left out, never made up; a title that the report does not state stands
in square brackets, as cataloguing rules have it. Nothing here knows where a citation came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal
from zlib import crc32

from assistant.records.conversations import Document
from assistant.types import Citation, Language
from index.lexicon.numerals import MONTHS

CitationForm = Literal["plain", "gbt7714", "bibtex"]
"""How a citation is written out."""

FORMS: tuple[CitationForm, ...] = ("plain", "gbt7714", "bibtex")

_COUNTRY = "中国"
_COUNCIL = "国务院"
_MONTHS = tuple(month[:3].lower() for month in MONTHS)
"""The months as BibTeX abbreviates them."""
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def formatted(
    citation: Citation, document: Document, form: CitationForm, language: Language
) -> str:
    """Return a citation of `document` in `form`; only the plain form speaks `language`."""
    return _FORMS[form](_Parts(citation, document), language)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the forms are put together from; a part that is not known is None."""

    citation: Citation
    document: Document

    @property
    def government(self) -> str | None:
        """Whose report it is: 焦作市人民政府."""
        region = self.citation.region
        if region is None:
            return None
        return _COUNCIL if region == _COUNTRY else f"{region}人民政府"

    @property
    def place(self) -> str | None:
        """Where it was issued; where the country's government sits is not said by its reports."""
        return None if self.citation.region == _COUNTRY else self.citation.region

    @property
    def title(self) -> str:
        """The report's title, or one of our own in square brackets."""
        if self.citation.title:
            return " ".join(self.citation.title.split())
        region = "" if self.citation.region in (None, _COUNTRY) else self.citation.region
        return f"[{region}政府工作报告]"

    @property
    def date(self) -> str | None:
        """The date if it is known, else the year."""
        if self.document.date:
            return self.document.date
        return str(self.citation.year) if self.citation.year else None

    @property
    def author(self) -> str | None:
        """Who gave the report, else whose it is."""
        return self.document.speaker or self.government

    @property
    def quote(self) -> str:
        return " ".join(self.citation.quote.split())


def _plain(parts: _Parts, language: Language) -> str:
    """Return: who, “title”, occasion, date: “quote” (file, characters)."""
    citation, document = parts.citation, parts.document
    if language == "en":
        said = [document.speaker, parts.government, f"“{parts.title}”", document.session]
        page = f"page {citation.page}, " if citation.page else ""
        stands = f"{page}characters {citation.start}–{citation.end}"
        where = _joined(", ", [document.source, document.url, citation.document, stands])
        return f"{_joined(', ', [*said, parts.date])}: “{parts.quote}” ({where})."
    who = _joined(" ", [parts.government, document.speaker])
    when = _chinese_date(parts.date)
    said = [who or None, f"《{parts.title}》", document.session, when]
    file = "檔案" if language == "zh-Hant" else "文件"
    paged = "頁" if language == "zh-Hant" else "页"
    page = f"第{citation.page}{paged}，" if citation.page else ""
    stands = f"{page}第{citation.start}—{citation.end}字"
    carried = [document.source, document.url]
    where = _joined("，", [*carried, f"{file}{citation.document}", stands])
    return f"{_joined('，', said)}：“{parts.quote}”（{where}）。"


def _gbt7714(parts: _Parts, _: Language) -> str:
    """Return a reference of the kind [R] by GB/T 7714-2015, with a note behind it.

    Author. Title[R]. Place: publisher, year. The carrier "/OL" is claimed only where the address is
    known, which then ends the reference; the day stands in the note.
    """
    citation, document = parts.citation, parts.document
    publisher = _joined(": ", [parts.place, parts.government])
    issued = _joined(", ", [publisher or None, (parts.date or "")[:4]])
    title = f"{parts.title}[R{'/OL' if document.url else ''}]"
    reference = [f"{part}." for part in (parts.author, title, issued) if part]
    page = f"第{citation.page}页，" if citation.page else ""
    stands = f"文件{citation.document}，{page}第{citation.start}—{citation.end}字"
    carried = document.source and f"载{document.source}"
    note = _joined("，", [document.session, _chinese_date(document.date), carried, stands])
    if document.url:
        reference.append(f"{document.url}.")
    return f"[{citation.n}] {' '.join(reference)} 引文：“{parts.quote}”（{note}）"


def _bibtex(parts: _Parts, _: Language) -> str:
    """Return a BibTeX entry; without a government it is no report by BibTeX's rules but @misc."""
    citation, document = parts.citation, parts.document
    page = f"page {citation.page}, " if citation.page else ""
    stands = f"{citation.document}, {page}characters {citation.start}--{citation.end}"
    note = [_tex(f"“{parts.quote}”"), _tex(document.session), _tex(document.source)]
    dated = _DATE.fullmatch(parts.date or "")
    fields: dict[str, str | None] = {
        "author": parts.author and f"{{{_tex(parts.author)}}}",
        "title": f"{{{_tex(parts.title)}}}",
        "institution": _tex(parts.government),
        "address": parts.government and _tex(parts.place),
        "year": dated[1] if dated else None,
        "url": document.url,
        "note": _joined("; ", [*note, _tex(stands)]),
    }
    month = _MONTHS[int(dated[2]) - 1] if dated and dated[2] and 1 <= int(dated[2]) <= 12 else None
    lines = []
    for name, value in fields.items():
        if value:
            lines.append(f"  {name} = {{{value}}}")
        if name == "year" and month:
            lines.append(f"  month = {month}")
    kind = "techreport" if parts.government else "misc"
    return f"@{kind}{{{_key(parts)},\n" + ",\n".join(lines) + "\n}"


def _key(parts: _Parts) -> str:
    """Return a key of letters, digits and hyphens: the file's name and the place in it."""
    stem = parts.citation.document.rsplit(".", 1)[0]
    name = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-")
    if not stem.isascii():  # names in Chinese would lose what tells them apart
        name = _joined("-", [name, format(crc32(stem.encode()), "08x")])
    return f"baogao-{name}-{parts.citation.start}"


_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def _tex(text: str | None) -> str | None:
    """Return `text` as TeX shows it, on one line."""
    return None if text is None else " ".join(text.split()).translate(_TEX)


def _chinese_date(date: str | None) -> str | None:
    found = _DATE.fullmatch(date or "")
    if not found:
        return date
    named = zip(found.groups(), "年月日", strict=True)
    return "".join(f"{int(part)}{unit}" for part, unit in named if part)


def _joined(separator: str, parts: list[str | None]) -> str:
    return separator.join(part for part in parts if part)


_FORMS: Mapping[CitationForm, Callable[[_Parts, Language], str]] = {
    "plain": _plain,
    "gbt7714": _gbt7714,
    "bibtex": _bibtex,
}
