"""Pictures that students' code displayed: how large they would become in a reader's browser."""

import base64
import io
import re
import warnings
from collections.abc import Mapping
from typing import Any, Final

MAX_SIDE: Final = 10_000  # pixels
MAX_PIXELS: Final = 25_000_000  # 100 MB, unpacked; a figure of 60 by 40 cm at 200 dpi has 15
MAX_IN_ALL: Final = 250_000_000  # pixels of all pictures of one notebook
FORMATS: Final = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF"}
"""The kinds of picture that are shown, and what Pillow calls them."""


_BASE64: Final = re.compile(r"[A-Za-z0-9+/=\s]+")


def still(data: Mapping[str, Any]) -> dict[str, str]:
    """Return of data by type the pictures that do not move, if they are base64 and no more."""
    return {
        kind: data[kind]
        for kind in ("image/png", "image/jpeg")
        if isinstance(data.get(kind), str) and _BASE64.fullmatch(data[kind])
    }


class Pictures:
    """Looks at the pictures of one notebook, and counts them."""

    def __init__(self) -> None:
        self._left = MAX_IN_ALL

    def why_not(self, kind: str, data: str) -> str | None:
        """Return why a picture is not to be shown, or None if it may be.

        `data` is the file in base64. Only its beginning is read: nothing is unpacked.
        """
        from PIL import Image

        try:
            with (
                warnings.catch_warnings(action="ignore"),  # of the size, which is looked at below
                Image.open(io.BytesIO(base64.b64decode(data)), formats=[FORMATS[kind]]) as picture,
            ):
                width, height = picture.size
        except Image.DecompressionBombError:
            return "a picture of too many pixels"
        except Exception:  # a file that was made to confuse Pillow may raise anything
            return "a picture that cannot be read"
        if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
            return f"a picture of {width:,} × {height:,} pixels"
        if width * height > self._left:
            return f"a picture beyond {MAX_IN_ALL:,} pixels in all"
        self._left -= width * height
        return None
