"""The list of links to other hosts, and the question whether one answers."""

from pathlib import Path

from tests.site.browsing import ROOT
from tests.site.external_links import external_links, fault
from tests.site.host import served


def test_the_list_has_pages_and_bibliography(html: Path) -> None:
    bibliography = (ROOT / "book" / "references.bib").read_text(encoding="utf-8")
    links = external_links(html, bibliography)
    assert links["https://doi.org/10.1109/5.726791"] == {
        "references.bib",
        "book/bibliography.html",
    }
    assert links["https://arxiv.org/abs/1409.1556"] >= {"references.bib"}


def test_who_does_not_answer_is_found(tmp_path: Path) -> None:
    (tmp_path / "there.html").write_text("<p>Here.</p>", encoding="utf-8")
    with served(tmp_path) as address:
        assert fault(f"{address}/there.html") == ""
        assert "404" in fault(f"{address}/gone.html")
    assert fault(f"{address}/there.html") != ""  # nobody listens any more
