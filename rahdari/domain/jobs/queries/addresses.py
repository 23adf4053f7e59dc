"""Where a vacancy is found."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import override


def vacancy_address(vacancy_id: UUID, node_address: str) -> str:
    """The address of a vacancy's page on the node that lives there; empty where that is not known."""
    with override("en"):
        return node_address and f"{node_address}{reverse('jobs.see_vacancy', args=[vacancy_id])}"
