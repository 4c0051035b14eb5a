"""Gradio's API, called by Gradio's own client."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Gradio's own server and client raise both."""

CALLS = {"/ask", "/query", "/search", "/figures", "/reports", "/read", "/check"}


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[Client]:
    client = Client(url, verbose=False)
    yield client
    client.close()


def test_the_calls_and_nothing_else_are_offered(client: Client) -> None:
    assert set(client.view_api(return_format="dict")["named_endpoints"]) == CALLS


def test_an_openapi_document_describes_each_call(url: str) -> None:
    paths = httpx.get(f"{url}gradio_api/openapi.json", timeout=120).json()["paths"]
    asked = next(each["post"] for path, each in paths.items() if path.endswith("/ask"))
    assert "every statement cited" in asked["description"]
    assert {name for path in paths for name in CALLS if path.endswith(name)} == CALLS


def test_a_question_is_answered_with_its_record(client: Client) -> None:
    record = client.predict("And Yumen?", history=["焦作2023年GDP增长目标?"], api_name="/ask")
    assert "8%" in record["answer"]
    assert record["citations"][0]["region"] == "玉门市"


def test_places_and_years_limit_the_reports(client: Client) -> None:
    record = client.predict("固定资产投资目标", places=["Yumen"], years=[2023], api_name="/ask")
    assert {citation["region"] for citation in record["citations"]} == {"玉门市"}


def test_a_query_is_evaluated(client: Client) -> None:
    asked = {"asks": "speakers", "places": ["玉门市"], "years": [2023]}
    record = client.predict(asked, language="en", api_name="/query")
    assert "李应伟" in record["answer"]
    assert record["query"]["coverage"]["asked"] == 1


def test_a_query_that_is_none_is_told_in_lines(client: Client) -> None:
    with pytest.raises(AppError, match="火星市"):
        client.predict({"asks": "speakers", "places": ["火星市"]}, api_name="/query")


def test_a_search_finds_passages(client: Client) -> None:
    (hit,) = client.predict("有机硅产能", top=1, api_name="/search")
    assert "有机硅" in hit["text"]


def test_figures_are_listed_up_to_a_limit(client: Client) -> None:
    found = client.predict(places=["焦作市"], kind="target", limit=2, api_name="/figures")
    assert (len(found["figures"]), found["total"] > 2) == (2, True)
    assert {row["kind"] for row in found["figures"]} <= {"target", "unsure"}


def test_the_reports_are_listed(client: Client) -> None:
    reports = client.predict(api_name="/reports")
    assert {report["region"] for report in reports} >= {"玉门市", "焦作市"}


def test_what_a_citation_stands_in_can_be_read(client: Client) -> None:
    (cited, *_) = client.predict("what GDP growth did Jiaozuo target", api_name="/ask")["citations"]
    read = client.predict(
        cited["document"], cited["start"], cited["end"], around=40, api_name="/read"
    )
    assert read["text"] == cited["quote"]
    assert len(read["before"]) == len(read["after"]) == 40
    assert "地区生产总值增长7%" in read["cleaned"]


def test_the_numbers_of_a_text_are_checked(client: Client) -> None:
    text = "焦作市2023年地区生产总值增长目标为9%。"
    (number,) = client.predict(text, api_name="/check")["numbers"]
    assert (number["written"], number["verdict"]) == ("9%", "contradicts")
