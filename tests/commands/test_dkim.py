from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path

import pytest

from newsletter.__main__ import main
from newsletter.settings import read_settings
from newsletter.workspace import Workspace


@pytest.fixture
def config(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A config folder of one's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "newsletter"


def _dkim(sample: Workspace, *words: str) -> int:
    return main(["--workspace", str(sample.root), "dkim", *words])


def _lines(text: str) -> list[str]:
    return re.findall(r"^ +(NEWSLETTER_\S+=.*)$", text, re.MULTILINE)


def test_a_key_is_made_and_what_to_do_with_it_is_said(
    sample: Workspace, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A9: in the config folder, 0600; the record whole and in strings, the lines for .env; nothing of the key itself."""
    assert _dkim(sample, "new", "--selector", "july") == 0
    file = config / "july._domainkey.example.org.pem"
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
    said = capsys.readouterr()
    assert str(file) in said.err
    assert "july._domainkey.example.org" in said.out
    [value] = re.findall(r"Value:  (v=DKIM1; k=rsa; p=[A-Za-z0-9+/=]+)$", said.out, re.MULTILINE)
    strings = re.findall(r'^   "([^"]{1,255})"$', said.out, re.MULTILINE)
    assert "".join(strings) == value
    assert not any(line in said.out + said.err for line in file.read_text().splitlines()[1:-1])
    (sample.root / ".env").write_text("\n".join(_lines(said.out)), "utf-8")
    settings = read_settings({}, sample.root / ".env")
    assert (settings.dkim_domain, settings.dkim_selector) == ("example.org", "july")
    assert settings.dkim_key_file == str(file)


def test_it_is_shown_again(sample: Workspace, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is set what was made, afterwards what is set: the same words."""
    assert _dkim(sample, "show") == 1
    assert "newsletter dkim new" in capsys.readouterr().err
    assert _dkim(sample, "new") == 0
    first = capsys.readouterr().out
    assert re.search(r"Name:   newsletter\d{6}\._domainkey", first)
    assert _dkim(sample, "show") == 0
    assert capsys.readouterr().out == first
    (sample.root / ".env").write_text("\n".join(_lines(first)), "utf-8")
    assert _dkim(sample, "show") == 0
    assert capsys.readouterr().out == first
    assert len(list(config.iterdir())) == 1


def test_a_key_is_never_made_twice(sample: Workspace, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A9: the second time stops for safety, and says how to make another beside it."""
    assert _dkim(sample, "new", "--selector", "july") == 0
    before = [path.read_bytes() for path in config.iterdir()]
    assert _dkim(sample, "new", "--selector", "july") == 4
    assert "--selector NAME" in capsys.readouterr().err
    assert [path.read_bytes() for path in config.iterdir()] == before
    assert _dkim(sample, "new", "--selector", "august") == 0
    assert len(list(config.iterdir())) == 2


def test_a_second_key_of_the_newer_kind(sample: Workspace, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A3: its settings are its own, and alone it is warned of."""
    assert _dkim(sample, "new", "--ed25519", "--selector", "e", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["value"].startswith("v=DKIM1; k=ed25519; p=")
    assert set(found["settings"]) == {
        *("NEWSLETTER_DKIM_DOMAIN", "NEWSLETTER_DKIM_ED25519_SELECTOR", "NEWSLETTER_DKIM_ED25519_KEY_FILE")
    }
    lines = [f"{name}={shlex.quote(value)}" for name, value in found["settings"].items()]
    (sample.root / ".env").write_text("\n".join(lines), "utf-8")
    assert _dkim(sample, "show", "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == [found]
    assert "Ed25519 key alone" in said.err
    assert len(list(config.iterdir())) == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--domain", "gmail.com"], 4, "you need no key"),
        (["--domain", "not a domain"], 2, "as domains have it"),
        (["--domain", "org"], 2, "as domains have it"),
        (["--selector", "a/../b"], 2, "as domains have it"),
        (["--file", "FOLDER/key.pem"], 4, "newsletter's folder"),
    ],
)
def test_what_is_refused(
    sample: Workspace, config: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str
) -> None:
    """A sentence with the way on, and no key anywhere."""
    given = [word.replace("FOLDER", str(sample.root)) for word in words]
    assert _dkim(sample, "new", *given) == code
    assert said in capsys.readouterr().err
    assert not list(sample.root.rglob("*.pem"))
    assert not config.exists() or not list(config.iterdir())


def test_without_a_newsletter_the_domain_is_asked_for(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever looks after the domain may make the key on a machine of her own."""
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    assert main(["dkim", "new"]) == 2
    assert "--domain example.org" in capsys.readouterr().err
    assert main(["dkim", "new", "--domain", "example.org", "--file", str(tmp_path / "k.pem")]) == 0
    assert (tmp_path / "k.pem").is_file()
    assert not config.exists()
