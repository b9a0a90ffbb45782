"""What OpenSSL says of a connection that is not safe -> the same in plain words."""

from __future__ import annotations

import ssl

# X509_V_ERR_* of OpenSSL, which do not change.
_NOT_YET, _OVER = 9, 10
_CERTIFICATE = {
    _NOT_YET: "it is not valid yet",
    _OVER: "it has run out",
    18: "the server made it itself",
    19: "nobody whom this computer knows vouches for it",
    2: "nobody whom this computer knows vouches for it",
    20: "nobody whom this computer knows vouches for it",
    21: "nobody whom this computer knows vouches for it",
    23: "it was taken back",
    62: "it is made out to another name",
    64: "it is made out to another address",
    66: "its key is so short that others can copy it",
    67: "a key that vouches for it is so short that others can copy it",
    68: "it is sealed in an old way that others can copy",
}
_OLD = ("UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "NO_PROTOCOLS_AVAILABLE", "VERSION_TOO_LOW")
_WEAK = (
    "DH_KEY_TOO_SMALL",
    "BAD_SIGNATURE",
    "WRONG_SIGNATURE_TYPE",
    "SSLV3_ALERT_HANDSHAKE_FAILURE",
    "NO_SHARED_CIPHER",
)


def unsafe(error: ssl.SSLError) -> str:
    """Why a connection is not safe."""
    if isinstance(error, ssl.SSLCertVerificationError):
        known = _CERTIFICATE.get(error.verify_code, error.verify_message)
        return f"its certificate cannot be trusted ({known})"
    reason = error.reason or ""
    if reason in _OLD:
        return "it encrypts only in an old way that others can read (older than TLS 1.2)"
    if reason in _WEAK:
        return f"it encrypts only in a way that is not safe ({reason.replace('_', ' ').lower()})"
    return f"encrypting failed ({reason or 'no common way'}); perhaps the port is the wrong one"


def clock_may_be_wrong(error: ssl.SSLError) -> str:
    """What to look at first where a certificate's days do not fit; "" where it is something else."""
    days = isinstance(error, ssl.SSLCertVerificationError) and error.verify_code in (_NOT_YET, _OVER)
    return "See that the date and time of this computer are right. If they are, tell your provider." if days else ""
