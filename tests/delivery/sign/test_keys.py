from __future__ import annotations

import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)

from newsletter.delivery.sign.keys import (
    DkimKeyInRepository,
    DkimKeyOpen,
    NoDkimKey,
    NotADkimKey,
    ShortDkimKey,
    key_path,
    read_ed25519,
    read_rsa,
)
from newsletter.store.key import key_folder
from tests.any.signed import Signing

posix = pytest.mark.skipif(os.name != "posix", reason="file modes")


def _written(
    folder: Path, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, lock: KeySerializationEncryption | None = None
) -> Path:
    file = folder / "key.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock or NoEncryption()))
    file.chmod(0o600)
    return file


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o666])
def test_a_key_that_others_may_read_is_refused(keys: Signing, tmp_path: Path, mode: int) -> None:
    """A9: not mended in silence, as somebody may have read it already; its owner's alone is fine."""
    file = tmp_path / "key.pem"
    file.write_bytes(keys.rsa.read_bytes())
    file.chmod(mode)
    with pytest.raises(DkimKeyOpen, match="chmod 600"):
        read_rsa(file)
    assert file.stat().st_mode & 0o777 == mode
    file.chmod(0o400)
    assert read_rsa(file).key_size == 2048


@pytest.mark.parametrize("mark", [".git", "issues/newsletter.yaml"])
def test_a_key_in_the_newsletters_folder_is_refused(keys: Signing, tmp_path: Path, mark: str) -> None:
    """A9: neither there, nor deeper, nor by a link that leads there."""
    (tmp_path / mark).parent.mkdir(exist_ok=True)
    (tmp_path / mark).touch()
    deep = tmp_path / "some" / "where"
    deep.mkdir(parents=True)
    for file in (tmp_path / "key.pem", deep / "key.pem"):
        file.write_bytes(keys.rsa.read_bytes())
        file.chmod(0o600)
        with pytest.raises(DkimKeyInRepository):
            read_rsa(file)
    link = keys.rsa.parent / f"link-{mark.partition('/')[0]}.pem"
    link.symlink_to(deep / "key.pem")
    with pytest.raises(DkimKeyInRepository):
        read_rsa(link)


@pytest.mark.parametrize("bits", [1024, 2040])
def test_a_short_key_is_refused(tmp_path: Path, bits: int) -> None:
    """A2: RFC 8301 wants 2,048 bits of who signs, and the sentence says how many there are."""
    weak = rsa.generate_private_key(65537, bits)
    with pytest.raises(ShortDkimKey, match=f"{bits:,} bits"):
        read_rsa(_written(tmp_path, weak))


def test_what_is_no_key_is_said_without_being_shown(keys: Signing, tmp_path: Path) -> None:
    """A9: another kind of key, a locked one, the public half, any text, and no file at all; never what is in it."""
    locked = _written(tmp_path, rsa.generate_private_key(65537, 2048), BestAvailableEncryption(b"hush"))
    with pytest.raises(NotADkimKey):
        read_rsa(locked)
    for found in (read_rsa, read_ed25519):
        with pytest.raises(NotADkimKey):
            found(_written(tmp_path, ec.generate_private_key(ec.SECP256R1())))
    with pytest.raises(NotADkimKey, match="RSA"):
        read_rsa(keys.ed25519)
    with pytest.raises(NotADkimKey, match="Ed25519"):
        read_ed25519(keys.rsa)
    with pytest.raises(NoDkimKey):
        read_rsa(tmp_path / "none.pem")
    with pytest.raises(NoDkimKey):
        read_rsa(keys.rsa / "inside-a-file.pem")
    text = tmp_path / "text.pem"
    text.write_bytes(keys.rsa.read_bytes()[:-200])
    text.chmod(0o600)
    with pytest.raises(NotADkimKey) as said:
        read_rsa(text)
    assert keys.rsa.read_text()[40:60] not in f"{said.value!r} {said.value} {said.value.__cause__}"


def test_where_a_key_file_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A name alone stands for a file beside the other settings; ~ for one's home."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert key_path("july.pem") == key_folder() / "july.pem"
    assert key_path("~/july.pem") == tmp_path / "july.pem"
    assert key_path(str(tmp_path / "july.pem")) == tmp_path / "july.pem"
