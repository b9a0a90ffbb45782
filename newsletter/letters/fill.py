"""Rendered and answers -> Letter: every slot answered, as text."""

from __future__ import annotations

from newsletter.nouns.letter import Answer, Letter, Pieces, Rendered


def fill(rendered: Rendered, answer: Answer) -> Letter:
    """The letter of one recipient; the answers must be safe already for the context of each slot."""
    return Letter(
        subject=join(rendered.subject, answer),
        html=join(rendered.html, answer),
        text=join(rendered.text, answer),
        language=rendered.language,
        pictures=rendered.pictures,
    )


def join(pieces: Pieces, answer: Answer) -> str:
    """Pieces as one text, each slot answered."""
    return "".join(piece if isinstance(piece, str) else answer(piece) for piece in pieces)
