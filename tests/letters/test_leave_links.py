from __future__ import annotations

import pytest

from newsletter.letters.leave_links import leave_token, leave_url, picture_url, read_token

SECRET = b"s" * 32
ANA = "0123456789abcdef" * 2


def test_a_token_is_read_back() -> None:
    """U5: the token alone says who leaves; it holds no date, so it never expires."""
    assert read_token(SECRET, leave_token(SECRET, ANA)) == ANA


def test_every_character_counts() -> None:
    """U5: no token but ours is read: each character changed, cut, lengthened, or sealed with another secret."""
    token = leave_token(SECRET, ANA)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for place, was in enumerate(token):
        for other in alphabet:
            if other != was:
                assert read_token(SECRET, token[:place] + other + token[place + 1 :]) is None
    for wrong in ("", token[:-1], token + "A", token + "=", token[:-1] + "é", token + "\n", "0" * 44):
        assert read_token(SECRET, wrong) is None
    assert read_token(b"t" * 32, token) is None


def test_the_seal_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """U5: by hmac.compare_digest, which is asked for a right and for a wrong token alike."""
    import hmac

    asked: list[bool] = []
    real = hmac.compare_digest

    def compare(one: bytes, other: bytes) -> bool:
        asked.append(real(one, other))
        return asked[-1]

    monkeypatch.setattr(hmac, "compare_digest", compare)
    token = leave_token(SECRET, ANA)
    read_token(SECRET, token)
    read_token(SECRET, token[:-1] + ("A" if token[-1] != "A" else "B"))
    assert asked == [True, False]


def test_links_in_both_modes() -> None:
    """U1, U8: a page under the public address, else a message with the token in its subject; ASCII always."""
    assert (
        leave_url("T", public_url="https://news.example.org/", leave_by_mail="x@y.org")
        == "https://news.example.org/u/T"
    )
    assert (
        leave_url("T", public_url="", leave_by_mail="leave@example.org") == "mailto:leave@example.org?subject=leave%20T"
    )
    assert leave_url("T", public_url="https://perú.example/a", leave_by_mail="") == "https://xn--per-boa.example/a/u/T"
    assert (
        leave_url("T", public_url="", leave_by_mail="a?b&c@example.org")
        == "mailto:a%3Fb%26c@example.org?subject=leave%20T"
    )
    assert picture_url("https://news.example.org", "a b-ñ.png") == "https://news.example.org/images/a%20b-%C3%B1.png"


def test_an_id_of_another_form_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="32"):
        leave_token(SECRET, "ab")
