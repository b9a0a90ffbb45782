"""Two thousand letters of the sample through Debian's own mail servers -> a table: once each, each signature good.

``python tests/prove/real_servers.py`` needs Postfix, Dovecot and OpenDKIM and an administrator's rights (.ci/system).
The real command ``newsletter send 2025-07 --for-real --yes`` signs in to Postfix under TLS, OpenDKIM looks at each
letter as it arrives, and Dovecot puts it into its reader's mailbox. Every letter is then read from there: one for each
reader, to her alone, ``dkim=pass``, a Message-ID that no other has, and the books say the same.
"""

from __future__ import annotations

import argparse
import email
import email.policy
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.any.signed import Signing, signing  # noqa: E402 - run as a script from a clone
from tests.prove.invented import ISSUE, Newsletter  # noqa: E402 - after its own path
from tests.real_servers.letters import found_fault  # noqa: E402 - after its own path
from tests.real_servers.servers import PASSWORD, USER, RealServers, absent, real_servers  # noqa: E402 - likewise

READERS = "example.net"
LONGEST = 1200  # seconds for everything


def main() -> int:
    """Send, read the mailboxes, say it; 1 where anything is not as it should be."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=2000)
    asked = options.parse_args()
    if lacking := absent():
        sys.exit(f"This proof needs {lacking}: see .ci/system")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "keys").mkdir()
        keys = signing(folder / "keys")
        with real_servers(keys.zone()) as there:
            news = newsletter(folder / "news", asked.people, there, keys)
            began = time.monotonic()
            news.run("send", ISSUE, "--for-real", "--yes")
            took = time.monotonic() - began
            there.settle(LONGEST)
            mailboxes = there.arrived()
            readers = {one: mailboxes[one] for one in mailboxes if one.endswith(f"@{READERS}")}
            figures = judge(news, readers)  # the newsletter's own test addresses are at another domain
    table(figures, asked.people, took)
    return int(any(number for name, number in figures.items() if name.startswith("wrong")))


def newsletter(folder: Path, people: int, there: RealServers, keys: Signing) -> Newsletter:
    """The sample's newsletter with invented readers, approved, in both its languages."""
    shutil.copytree(ROOT / "issues", folder / "issues")
    settings = {
        "SSL_CERT_FILE": str(there.trusted),  # as on a machine whose administrator trusts it
        "NEWSLETTER_SMTP_HOST": "localhost",
        "NEWSLETTER_SMTP_PORT": str(there.port),
        "NEWSLETTER_SMTP_SECURITY": "starttls",
        "NEWSLETTER_SMTP_USER": USER,
        "NEWSLETTER_SMTP_PASSWORD": PASSWORD,
        "NEWSLETTER_PUBLIC_URL": "https://news.example.org",
        "NEWSLETTER_DKIM_DOMAIN": "example.org",
        "NEWSLETTER_DKIM_SELECTOR": "july",
        "NEWSLETTER_DKIM_KEY_FILE": str(keys.rsa),
    }
    made = Newsletter(folder, people, settings, LONGEST, domain=READERS)
    made.enlist("en", "es")
    made.run("approve", ISSUE, "--by", "Eva Example", "--yes")
    return made


def judge(news: Newsletter, arrived: dict[str, list[bytes]]) -> dict[str, float]:
    """What is told; what begins with ``wrong`` has to be 0."""
    faults = found_fault({reader: letters[0] for reader, letters in arrived.items()})
    for fault in faults[:20]:
        sys.stdout.write(f"{fault}\n")
    numbers = {one["Message-ID"]: reader for reader, letters in arrived.items() for one in map(_head, letters)}
    states = news.states()
    counted = Counter(len(arrived.get(reader, [])) for reader in news.addresses)
    sizes = [len(one) for letters in arrived.values() for one in letters]
    return {
        "readers with one letter": counted[1],
        "different Message-IDs": len(numbers),
        "accepted by the books": news.books()["accepted"],
        "bytes of a letter, median": statistics.median(sizes),
        "wrong: readers without a letter": counted[0],
        "wrong: readers with more than one": len(news.addresses) - counted[0] - counted[1],
        "wrong: letters to nobody of the list": len(set(arrived) - set(news.addresses)),
        "wrong: a signature, an address, a Message-ID, a line's end": len(faults),
        "wrong: not accepted by the books, or another Message-ID": sum(
            states.get(str(number)) != "accepted" for number in numbers
        )
        + abs(len(states) - len(numbers)),
    }


def _head(data: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(data.partition(b"\r\n\r\n")[0], policy=email.policy.default)


def table(figures: dict[str, float], people: int, took: float) -> None:
    """What is printed."""
    sys.stdout.write(f"{people} readers, Postfix, OpenDKIM and Dovecot of this machine\n")
    for name, figure in figures.items():
        sys.stdout.write(f"{name:<62} {figure:>10,.0f}\n")
    sys.stdout.write(
        f"the command took {took:.0f} s, {people / took:.0f} letters a second with all four on this machine\n"
    )


if __name__ == "__main__":
    sys.exit(main())
