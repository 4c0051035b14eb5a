from assistant.evaluation.evidence import Gold, covers, locate, overlaps
from assistant.evaluation.questions import Evidence
from index.types import Span
from tests.assistant.evaluation.samples import questions, raw_of


def found(quote: str, raw: str) -> tuple[Span, ...]:
    return locate(Evidence("a.txt", quote), {"a.txt": raw}.__getitem__).spans


def gold(*spans: Span) -> Gold:
    return Gold(Evidence("a.txt", "quote"), spans)


def test_every_gold_quote_of_the_sample_set_is_located() -> None:
    evidence = [one for question in questions() for one in question.evidence]
    for one in evidence:
        spans = locate(one, raw_of).spans
        assert {span.of(raw_of(one.document)) for span in spans} == {one.quote}


def test_every_occurrence_is_located() -> None:
    assert found("增长7%", "增长7%。增长7%。") == (Span(0, 4), Span(5, 9))


def test_white_space_is_disregarded_where_the_quote_does_not_stand_exactly() -> None:
    assert found("住房改造 建成", "住房改造\n\n建成2760套") == (Span(0, 8),)


def test_a_quote_that_is_not_there_has_no_place() -> None:
    assert found("增长8%", "增长7%") == ()


def test_a_document_that_is_not_there_has_no_place() -> None:
    assert locate(Evidence("none.txt", "增长"), raw_of).spans == ()


def test_half_of_an_occurrence_covers_a_quote() -> None:
    wanted = gold(Span(10, 20))
    assert covers([("a.txt", Span(0, 15))], wanted)
    assert not covers([("a.txt", Span(0, 14))], wanted)


def test_spans_cover_a_quote_together() -> None:
    wanted = gold(Span(10, 20))
    assert covers([("a.txt", Span(10, 13)), ("a.txt", Span(17, 20))], wanted)


def test_a_character_twice_covered_counts_once() -> None:
    wanted = gold(Span(10, 20))
    assert not covers([("a.txt", Span(10, 13)), ("a.txt", Span(10, 13))], wanted)


def test_a_span_of_another_document_covers_nothing() -> None:
    assert not covers([("b.txt", Span(10, 20))], gold(Span(10, 20)))


def test_spans_that_touch_do_not_overlap() -> None:
    wanted = gold(Span(10, 20))
    assert overlaps(("a.txt", Span(19, 30)), wanted)
    assert not overlaps(("a.txt", Span(20, 30)), wanted)
