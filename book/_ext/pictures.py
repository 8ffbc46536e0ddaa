"""Pictures that keep their place before they are there, and are loaded when they come near."""

import re
from pathlib import Path, PurePosixPath
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.images import get_image_size
from sphinx.util.typing import ExtensionMetadata

IMAGE: Final = re.compile(r'<img\b(?![^>]*\swidth=)[^>]*?\bsrc="(?P<src>[^"]+)"[^>]*?(?P<end>/?>)')
FIGURE: Final = re.compile(r"[0-9a-f]{64}\.png")
"""The names that MyST-NB gives to what cells draw."""
TAG: Final = re.compile(r"<[^>]*>")
FIRST_SCREEN: Final = 1000
"""After so many characters of text, a picture is below what one sees first, on any screen."""


def with_places(body: str, files: dict[str, Path], enlarge: bool) -> str:
    """The HTML of a page whose pictures, of those in `files` (by name), say how large they are.

    With `enlarge`, what cells draw leads to its own file.
    """

    def place(image: re.Match[str]) -> str:
        name = PurePosixPath(image["src"]).name
        file = files.get(name)
        size = get_image_size(str(file)) if file else None
        if size is None:
            return image[0]
        text = " ".join(TAG.sub(" ", body[: image.start()]).split())
        lazy = ' loading="lazy"' if len(text) > FIRST_SCREEN else ""
        tag = image[0].removesuffix(image["end"])
        tag += f' width="{size[0]}" height="{size[1]}" decoding="async"{lazy} />'
        # On a phone a wide figure is small: it leads to itself, where it can be enlarged.
        link = f'<a class="enlarge" href="{image["src"]}">{tag}</a>'
        return link if FIGURE.fullmatch(name) and enlarge else tag

    return IMAGE.sub(place, body)


def place_pictures(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Give the pictures of a page their places."""
    if "body" in context:
        images: dict[str, str] = getattr(app.builder, "images", {})
        files = {name: Path(app.srcdir, source) for source, name in images.items()}
        context["body"] = with_places(context["body"], files, app.builder.name == "html")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at every page before it is written."""
    app.connect("html-page-context", place_pictures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
