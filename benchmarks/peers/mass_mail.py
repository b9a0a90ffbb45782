"""Letters through Django's mass mail, each from its templates with its own name and link; prints the seconds it took."""

from __future__ import annotations

import json
import sys
import time

from django.conf import settings

ASKED = json.load(sys.stdin)
settings.configure(
    EMAIL_HOST="127.0.0.1",
    EMAIL_PORT=ASKED["port"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)

import django  # noqa: E402 - after its settings
from django.core.mail import EmailMultiAlternatives, get_connection  # noqa: E402 - after its settings
from django.template import engines  # noqa: E402 - after its settings


def main() -> None:
    """One connection, all messages at once, as ``send_mass_mail`` does it; that one has no HTML."""
    django.setup()
    html, text = (engines["django"].from_string(ASKED[part]) for part in ("html", "text"))
    began = time.perf_counter()
    messages = []
    for number in range(ASKED["people"]):
        link = f"{ASKED['leave']}{number}"
        own = {"name": f"Reader {number}", "leave": link}
        headers = {"List-Unsubscribe": f"<{link}>"}
        to = [f"reader{number}@example.org"]
        message = EmailMultiAlternatives(ASKED["subject"], text.render(own), ASKED["from"], to, headers=headers)
        message.attach_alternative(html.render(own), "text/html")
        messages.append(message)
    get_connection().send_messages(messages)
    print(time.perf_counter() - began)


if __name__ == "__main__":
    main()
