"""Every reader of text looks at the time that a question has: none outlives it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.checking.numbers import numbers_of
from assistant.checking.types import Setting
from assistant.claims.amounts import amounts_in
from assistant.panel.rows import evaluate, query_of
from assistant.queries.texts import Texts
from assistant.reading.ledger import Ledger
from assistant.settings import Settings
from index import deadline
from index.errors import OutOfTime
from index.structure.sentences import sentences

TEXT = "焦作市2023年地区生产总值增长7%。"

READERS: dict[str, Callable[[Assistant], Any]] = {
    "indicators": lambda a: a.lexicon.mentions(TEXT),
    "places": lambda a: a.gazetteer.mentions(TEXT),
    "amounts": lambda _: amounts_in(TEXT),
    "sentences": lambda _: sentences(TEXT),
    "words of a question": lambda _: Ledger(TEXT).take("those"),
    "numbers of a text": lambda a: numbers_of(TEXT, a.lexicon, a.gazetteer, Setting()),
    "texts of reports": lambda a: Texts().of(next(iter(a.reports())).id, a.searcher.catalogue),
    "rows of a panel": lambda a: list(
        evaluate(query_of(frozenset(), frozenset(), (), a.lexicon), a.searcher.catalogue, a.lexicon)
    ),
    "rows of a query": lambda a: a.query(
        {"asks": "figures", "places": ["各市"], "years": [2023], "indicators": ["gdp"]}
    ),
    "mentions": lambda a: a.query(
        {"asks": "mentions_who", "places": ["各市"], "years": [2023], "terms": ["发展"]}
    ),
    "a search": lambda a: a.retrieve(TEXT),
}


@pytest.fixture(scope="module")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(seeds_index))


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_of_text_ends_when_the_time_is_over(assistant: Assistant, reader: str) -> None:
    READERS[reader](assistant)
    with pytest.raises(OutOfTime), deadline.within(-1):
        READERS[reader](assistant)
