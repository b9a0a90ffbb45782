"""Links to pages in several languages: each reader is led to her own, and told where it is another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.rendering.conftest import House

PETITION = """
- type: petition
  title: Sign
  body: Ask.
  url: https://example.org/en
  url_es: https://example.org/es
  sources:
    - {title: 'A "law"', url: "https://example.org/law", language: es}
    - {title: A report, url_fr: "https://example.org/fr", url_es: "https://example.org/report-es"}
"""


def links(house: House, html: str) -> list[tuple[str, str]]:
    """Addresses of links with the language of their page, but for those of the frame."""
    return [
        (one["href"], one.get("hreflang", ""))
        for one in house.page(html).all("a")
        if one["href"].startswith("https://example.org/") and "privacy" not in one["href"]
    ]


def test_each_edition_uses_the_address_in_its_language(house: House) -> None:
    """``url_es`` in Spanish, ``url`` in English; the text part the same (F8)."""
    html, text = house.letter(PETITION)
    assert links(house, html)[0] == ("https://example.org/en", "")
    assert "Sign the petition <https://example.org/en>" in text
    html, text = house.letter(PETITION, "es")
    assert [one for one in links(house, html) if "/es" in one[0]] == [("https://example.org/es", "")]
    assert "Firmar la petición <https://example.org/es>" in text
    assert "example.org/en" not in html + text


def test_a_page_in_another_language_says_so(house: House) -> None:
    """X1: beside the words of button and source, in the reader's language, with hreflang; the title has its language."""
    only_spanish = PETITION.replace("  url: https://example.org/en\n", "")
    html, text = house.letter(only_spanish)
    assert links(house, html) == [
        ("https://example.org/es", "es"),
        ("https://example.org/law", "es"),
        ("https://example.org/report-es", "es"),
    ]
    assert "Sign the petition (in Spanish)" in html
    assert '<span lang="es">A «law»</span> (in Spanish)</a>' in html
    assert "A report (in Spanish)</a>" in html
    assert "Sign the petition (in Spanish) <https://example.org/es>" in text
    assert "- A «law» (in Spanish) <https://example.org/law>" in text
    html, text = house.letter(only_spanish, "es")
    assert "(en " not in html + text
    assert 'hreflang="es"' not in html
    assert links(house, html)[2] == ("https://example.org/report-es", "")


def test_a_region_is_no_other_language(house: House) -> None:
    """Who reads Spanish reads that of Peru."""
    html, text = house.letter(
        PETITION.replace("url_es: https://example.org/es", "url_es-PE: https://example.org/pe"), "es"
    )
    assert "https://example.org/pe" in html
    assert "https://example.org/pe" in text


def test_an_arabic_letter_says_it_in_arabic(house: House) -> None:
    """X1: in its own words, on its own side."""
    profile = house.profile_text.replace("[en, es]", "[en, ar]")
    html, text = house.letter(PETITION, "ar", profile=profile)
    assert "(باللغة الإسبانية)" in html
    assert "(باللغة الإسبانية)" in text


def test_a_picture_that_is_a_link_needs_no_words(house: House) -> None:
    """The link below it says so; the picture's own has hreflang."""
    html, _ = house.letter(
        "- {type: recording, title: Talk, url_es: 'https://example.org/v', date: 2025-06-01, image: {file: wide.png, alt: A map}}\n"
    )
    assert [one[1] for one in links(house, html)] == ["es", "es"]
    assert html.count("(in Spanish)") == 1


def test_every_address_of_every_type_may_have_others(house: House) -> None:
    """By kind: whatever a type calls its address, in rows too, and in a type that a volunteer adds."""
    folder = house.root / "templates" / "sections" / "shop"
    folder.mkdir(parents=True)
    (folder / "fields.yaml").write_text("fields: {title: {kind: text}, door: {kind: url, required: yes}}\n", "utf-8")
    (folder / "email.mjml").write_text(
        '<mj-section><mj-column><mj-text><a href="{{ section.door }}">Come in</a></mj-text></mj-column></mj-section>',
        "utf-8",
    )
    (folder / "email.txt").write_text('{{ link("Come in", section.door) }}\n', "utf-8")
    html, text = house.letter("- {type: shop, door_qu: 'https://example.org/qu'}\n")
    assert '<a href="https://example.org/qu" hreflang="qu"' in html
    assert "Come in (in Quechua)</a>" in html
    assert "Come in (in Quechua) <https://example.org/qu>" in text


def test_an_author_cannot_write_our_mark(house: House) -> None:
    """What looks like one in an address or a text stays as it was written, and leads nobody astray."""
    forged = "https://example.org/~~page-in~es~~"
    html, text = house.letter(
        f"- {{type: news, title: T, body: 'Look [here]({forged}).', sources: [{{title: S, url: '{forged}'}}]}}\n"
    )
    assert links(house, html) == [(forged, ""), (forged, "")]
    assert "(in Spanish)" not in html + text
    html, _ = house.letter(PETITION.replace("https://example.org/law", forged))
    assert (forged, "es") in links(house, html)
    assert html.count("~~") == 2


def test_the_privacy_notice_has_a_page_in_each_language(house: House) -> None:
    """Given once for all or once for each, in newsletter.yaml; whose page is another's is told, in both parts."""
    several = house.profile_text.replace(
        "https://example.org/privacy", '{en: "https://example.org/privacy", es: "https://example.org/privacidad"}'
    )
    html, text = house.letter(PETITION, profile=several)
    assert 'href="https://example.org/privacy"' in html
    assert "Privacy <https://example.org/privacy>" in text
    html, text = house.letter(PETITION, "es", profile=several)
    assert 'href="https://example.org/privacidad"' in html
    assert "Privacidad <https://example.org/privacidad>" in text
    only = several.replace('en: "https://example.org/privacy", ', "")
    html, text = house.letter(PETITION, profile=only)
    assert '<a href="https://example.org/privacidad" hreflang="es"' in html
    assert "Privacy (in Spanish)</a>" in html
    assert "Privacy (in Spanish) <https://example.org/privacidad>" in text
