"""What a house test needs of files: another one's file, its papers."""

from __future__ import annotations

from typing import Any

from django.test import Client

from rahdari.base.clock import now
from rahdari.domain.candidates.actions import put_in_paper
from tests.make import candidates
from tests.make.people import sign_in, sign_in_as, worker

PNG = b"\x89PNG\r\n\x1a\n" + b"invented"


def file_of_another(client: Client) -> Any:
    sign_in(client, "promoter_manager", "pk:org:other")
    return candidates.file(tests=(), at=now())[1].pk


def file_elsewhere(client: Client) -> Any:
    sign_in(client, "oec_counter")
    return candidates.file(tests=(), at=now())[1].pk


def paper_of_another(client: Client) -> Any:
    sign_in_as(client, worker())
    who, _file = candidates.file(tests=(), at=now())
    return put_in_paper(actor=who, kind="degree", name="degree.png", content=PNG, at=now()).pk


FOREIGN = {
    "candidates.see_candidate": ("pk", file_of_another),
    "candidates.end_visit": ("pk", file_elsewhere),
    "candidates.take_out_paper": ("pk", paper_of_another),
}
