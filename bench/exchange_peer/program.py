"""What runs in the peer's environment: `found` makes an end, `send` hands over payloads as lines of standard input ask.

A line is `RATE COUNT SIZE`; the answer is one line of JSON. Several processes send at once, as an operator would have to
arrange it: the peer's own command sends one payload and waits for its receipt.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import queue
import sys
import time
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from pyas2.models import Message, Organization, Partner, PrivateKey, PublicCertificate  # noqa: E402
from pyas2.tests import TEST_DIR  # noqa: E402
from pyas2lib import Message as As2Message  # noqa: E402

OWN, OTHER = os.environ.get("AS2_OWN", ""), os.environ.get("AS2_OTHER", "")


def found() -> None:
    """Tables, keys and the partner; the keys are those of the peer's own tests (RSA 2048)."""

    call_command("migrate", verbosity=0)
    names = {"as2client": "client", "as2server": "server"}
    key = (Path(TEST_DIR) / f"{names[OWN]}_private.pem").read_bytes()
    certificate = (Path(TEST_DIR) / f"{names[OTHER]}_public.pem").read_bytes()
    private = PrivateKey.objects.create(name=OWN, key=key, key_pass="test")
    public = PublicCertificate.objects.create(name=OTHER, certificate=certificate, verify_cert=False)
    Organization.objects.create(name=OWN, as2_name=OWN, encryption_key=private, signature_key=private)
    Partner.objects.create(
        name=OTHER, as2_name=OTHER, target_url=os.environ["AS2_TARGET"],
        signature="sha256", signature_cert=public, encryption="aes_256_cbc", encryption_cert=public,
        mdn=True, mdn_mode="SYNC", mdn_sign="sha256", content_type="application/octet-stream",
    )  # fmt: skip


def send_one(payload: bytes) -> tuple[float, str]:
    """Hands over one payload as the peer's own command does; the moment its row was committed, and its state."""

    organization, partner = Organization.objects.get(as2_name=OWN), Partner.objects.get(as2_name=OTHER)
    built = As2Message(sender=organization.as2org, receiver=partner.as2partner)
    built.build(
        payload, filename="statement.json", subject=partner.subject, content_type=partner.content_type,
        disposition_notification_to="no-reply@pyas2.com",
    )  # fmt: skip
    message, _ = Message.objects.create_from_as2message(
        as2message=built, payload=payload, filename="statement.json", direction="OUT", status="P"
    )
    committed = time.monotonic()
    message.send_message(built.headers, built.content)
    return committed, message.status


def labour(asked: multiprocessing.Queue, answers: multiprocessing.Queue) -> None:
    """One sending process."""
    answers.put(None)
    while (task := asked.get()) is not None:
        handed, payload = task
        committed, state = send_one(payload)
        ended = time.monotonic()
        answers.put((ended - handed, ended - committed, state))


def send(processes: int) -> None:
    """Sends whatever is asked until the input ends."""
    asked, answers = multiprocessing.Queue(), multiprocessing.Queue()
    labourers = [multiprocessing.Process(target=labour, args=(asked, answers)) for _ in range(processes)]
    for one in labourers:
        one.start()
    for _ in labourers:
        answers.get()
    print("ready", flush=True)
    for line in sys.stdin:
        rate, count, size = float(line.split()[0]), int(line.split()[1]), int(line.split()[2])
        payloads = [os.urandom(size // 2).hex().encode() for _ in range(count)]
        began = time.monotonic()
        for number, payload in enumerate(payloads):
            if rate:
                time.sleep(max(0.0, began + number / rate - time.monotonic()))
            asked.put((time.monotonic(), payload))
        found_ = []
        while len(found_) < count:
            try:
                found_.append(answers.get(timeout=120))
            except queue.Empty:
                break
        print(json.dumps({"seconds": time.monotonic() - began, "all": found_}), flush=True)
    for _ in labourers:
        asked.put(None)


if __name__ == "__main__":
    if sys.argv[1] == "found":
        found()
    elif sys.argv[1] == "send":
        send(int(sys.argv[2]))
    elif sys.argv[1] == "one":
        print(send_one(sys.argv[2].encode())[1])
    elif sys.argv[1] == "retry":
        call_command("manageas2server", retry=True)
