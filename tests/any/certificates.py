"""Certificates of servers, right and wrong in one thing each, made by an authority that the tests trust or do not."""

from __future__ import annotations

import datetime as dt
import ssl
import warnings
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Issuer:
    """Who vouches for servers."""

    key: PrivateKey
    certificate: x509.Certificate

    def trusting(self) -> ssl.SSLContext:
        """What a client goes by that believes this one, and is as strict as ours in all else."""
        return ssl.create_default_context(cadata=_pem(self.certificate).decode())


def issuer(name: str = "Authority of the tests") -> Issuer:
    """A new one."""
    key = ec.generate_private_key(ec.SECP256R1())
    return Issuer(key, _made(name, key, None, (-9, 9), authority=True))


def serving(
    file: Path,
    host: str,
    by: Issuer | None,
    *,
    days: tuple[int, int] = (-9, 9),
    weak: bool = False,
    old: bool = False,
) -> ssl.SSLContext:
    """A server's context; ``by`` None is one that the server made itself. ``old`` knows TLS 1.1 and nothing later."""
    key: PrivateKey = ec.generate_private_key(ec.SECP256R1())
    if weak:
        key = rsa.generate_private_key(65537, 1024)  # noqa: S505 - what this is about
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(secret + _pem(_made(host, key, by, days)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if weak or old:
        context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(file)
    if old:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = ssl.TLSVersion.TLSv1_1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def _made(
    name: str, key: PrivateKey, by: Issuer | None, days: tuple[int, int], *, authority: bool = False
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    start, end = days
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + start * DAY)
        .not_valid_after(now + end * DAY)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if not authority:
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    if by:
        known = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key())
        made = made.add_extension(known, critical=False)
    return made.sign(by.key if by else key, hashes.SHA256())


def _pem(one: x509.Certificate) -> bytes:
    found: bytes = one.public_bytes(serialization.Encoding.PEM)
    return found
