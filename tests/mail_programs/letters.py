"""The letters whose features are looked at: every section type in three languages, and all that Markdown can write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from tests.rendering.conftest import PROFILE, Letters, stocked

NAMES = ("every-type-en", "every-type-es", "every-type-ar", "july-en", "july-es", "arabic-")
MARKDOWN = r"""
- type: letter
  body: |
    Dear {first_name|friend}, *leaning*, **bold**, `code`, [a link](https://example.org/a), <https://example.org/b>,
    [mail](mailto:a@example.org).\
    A new line.

    # A heading

    ## A smaller one

    ### Smaller still

    > A quotation.
    >
    > > Within another.

    1. One
    2. Two

       - Inner

    - A

    - B

    ***

        as it is
  signature: Ana
"""


PICTURES = """
- {type: picture, image: {file: photo.jpg, alt: A street}}
- {type: picture, image: {file: moving.gif, alt: A lamp that goes on and off}}
"""
SEVERAL = """
- {type: letter, body: Hello.}
- {type: news, country: peru, title: In Lima, body: x}
- {type: news, country: bolivia, title: In Sucre, body: y}
"""
"""Of several countries: the list of what stands in the letter, with links to its parts."""


def finished(folder: Path) -> Iterator[tuple[str, str]]:
    """Each letter's name and HTML, rendered in this folder."""
    house = stocked(folder)
    house.public_url = "https://news.example.org"
    letters = Letters(house)
    yield from ((name, letters[name].html) for name in NAMES)
    Image.effect_noise((600, 400), 90).save(house.workspace.images / "photo.jpg")
    still, moving = Image.new("P", (300, 200), 1), [Image.new("P", (300, 200), 2)]
    still.save(house.workspace.images / "moving.gif", save_all=True, append_images=moving, duration=700, loop=1)
    yield "pictures", house.letter(PICTURES)[0]
    yield "markdown", house.letter(MARKDOWN)[0]
    two = PROFILE.replace("countries:\n", "countries:\n  bolivia: {name: Bolivia}\n")
    yield "several countries", house.letter(SEVERAL, profile=f"{two}look: {{accent: '#1a3c6e', logo: tall.jpg}}\n")[0]
