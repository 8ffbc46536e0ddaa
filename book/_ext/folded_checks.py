"""The check of each exercise, folded on the website: it is read after the answer, if at all.

Some are longer than what they check, and they name the mistakes that they look for. In print and
in an e-book they are not folded.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata


class FoldChecks(SphinxPostTransform):
    """Have MyST-NB fold the code of each test cell of a page of the website."""

    builders = ("html", "dirhtml")
    default_priority = 100  # before MyST-NB folds

    def run(self, **kwargs: Any) -> None:
        """Mark the cells that are graded and hold no answer."""
        for cell in self.document.findall(nodes.container):
            mark = cell.get("cell_metadata", {}).get("nbgrader", {})
            if cell.get("nb_element") == "cell_code" and mark.get("grade") and not mark["solution"]:
                cell["hide_mode"] = "input"
                cell["prompt_show"] = cell["prompt_hide"] = "The check"
                cell["classes"].append("check")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at every page before it is written."""
    app.add_post_transform(FoldChecks)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
