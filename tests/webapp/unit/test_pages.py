"""Every page of the unit desk comes, well-formed, for officer and head."""

import pytest

PAGES = [
    "/unit/",
    "/unit/papers",
    "/unit/papers/plan",
    "/unit/matters",
    "/unit/submissions",
    "/unit/submissions/new",
    "/unit/preview",
    "/unit/peers",
    "/unit/peers/party",
    "/unit/peers/gov_service?show=left",
    "/unit/peers/about/U002",
    "/unit/peers/confirmation",
    "/unit/peers/print",
    "/unit/result",
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_comes(officer, address, language):
    response = officer.get(address, headers={"Accept-Language": language})
    assert response.status_code == 200


@pytest.mark.parametrize("address", [page for page in PAGES if page != "/unit/submissions/new"])
def test_the_head_reads_the_same_pages(head, address):
    assert head.get(address).status_code == 200
