"""A letter -> how heavy each of its sections is on its way, beside what Gmail shows before it cuts the rest off."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from newsletter.checks.size import MOST, weigh
from newsletter.nouns.draft import Section
from newsletter.nouns.letter import Pieces
from newsletter.studio.sight import Made


@dataclass(frozen=True, slots=True)
class Weights:
    """Bytes of the HTML as it travels to the worst reader; ``sections`` in the order of the issue, ``rest`` around them."""

    whole: int
    sections: tuple[tuple[Section, int], ...]
    rest: int
    most: int = MOST

    @property
    def share(self) -> int:
        """How much of what is shown is used, in per cent, rounded up."""
        return -(-self.whole * 100 // self.most)


@lru_cache(maxsize=1024)  # most sections are as they were, from one save to the next
def _weigh_section(html: Pieces) -> int:
    return weigh(html)


def weights(made: Made) -> Weights:
    """What weighs how much."""
    whole = weigh(made.rendered.html)
    each = tuple(
        (section, _weigh_section(html))
        for section, html in zip(made.edition.sections, made.rendered.sections, strict=True)
    )
    return Weights(whole, each, whole - sum(size for _, size in each))
