"""Tables in Markdown, and the places of a README that they are put into."""

import re


def table(header: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table whose columns but the first are set to the right."""
    rule = ["---"] + ["---:"] * (len(header) - 1)
    return "\n".join(f"| {' | '.join(row)} |" for row in [header, rule, *rows])


def fill(text: str, new: dict[str, str]) -> str:
    """Return the text with each table put between `<!-- name -->` and `<!-- end -->`.

    Raises KeyError if the text has a place for a table that there is not.
    """
    return re.sub(
        r"<!-- (?!end )(.*) -->\n[\s\S]*?<!-- end -->",
        lambda place: f"<!-- {place[1]} -->\n{new[place[1]]}\n<!-- end -->",
        text,
    )
