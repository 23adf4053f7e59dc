"""Tables of accounts: bodies, people, the roles they act in, one-time codes, recoveries, tokens of programs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from rahdari.base.indexes import BlindIndex
from rahdari.base.rows import Guarded, GuardedQuerySet, Row
from rahdari.base.secrets import ClosedText

PHONE, IDENTITY = "accounts.phone", "accounts.identity"


class Body(Guarded):
    """What one acts for: an authority (code of `authorities.csv`) or a registered organisation (registry id)."""

    id = models.CharField(max_length=80, primary_key=True)
    side = models.CharField(max_length=2)
    kind = models.CharField(max_length=40)
    name_en = models.CharField(max_length=200)
    name_ur = models.CharField(max_length=200)
    name_ja = models.CharField(max_length=200)


class People(BaseUserManager.from_queryset(GuardedQuerySet)):  # type: ignore[misc]
    """Finds people by the address they sign in with."""

    def get_by_natural_key(self, email: str | None) -> Any:
        return self.get(email__iexact=email)


class Person(AbstractBaseUser, Row):
    """Somebody who signs in: staff by e-mail and password, workers by phone.

    The phone (E.164) and the number of the identity card or residence card are closed at rest. `phone_shown_at` is when
    the phone was last shown to be theirs: at a counter or by a code; empty for one that only stood in a list.
    """

    last_login = None
    email = models.EmailField(null=True, unique=True)
    name = models.CharField(max_length=120)
    phone = ClosedText(null=True)
    phone_index = BlindIndex(PHONE, lambda row: row.phone, null=True, unique=True)
    identity = ClosedText(null=True)
    identity_index = BlindIndex(IDENTITY, lambda row: row.identity, null=True, unique=True)
    language = models.CharField(max_length=2, default="en")
    staff = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    invented = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    phone_shown_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Any] = People()

    def __str__(self) -> str:
        return str(self.pk)


class Grant(Row):
    """A role for a body, held by a person from a moment until another; a delegation names whom it stands in for."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    office = models.CharField(max_length=20, blank=True)
    for_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    granted_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "body", "role", "office"], name="one_open_grant", condition=Q(ends_at=None))
        ]


class SignInCode(Row):
    """A one-time code asked for a phone; `person` is empty when nobody has that phone, and the answer is the same.

    `proven_at` is when it was answered rightly by somebody of whom more must be told: it opens one account, soon.
    """

    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    phone_index = models.CharField(max_length=64)
    code_index = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    proven_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["phone_index"], name="one_open_code_a_phone", condition=Q(closed_at=None))]


class Recovery(Row):
    """A new phone for a worker who lost theirs: begun by one officer, confirmed by another after the waiting time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    phone = ClosedText()
    state = models.CharField(max_length=20)
    begun_by = models.UUIDField()
    begun_at = models.DateTimeField()
    ready_at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person"], name="one_open_recovery", condition=Q(state="recovery_begun"))]


class ApiToken(Row):
    """A token for a program: acts in one grant, for the permissions in `scopes`. Only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=16)
    hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)


class Proxy(Row):
    """A member of the family who may see what a worker ticked, once both phones answered a code, until either ends it.

    Name and phone are what the worker told, closed at rest, and gone once it ended. Of the codes only keyed hashes are kept.
    """

    worker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    name = ClosedText(null=True)
    phone = ClosedText(null=True)
    sees = models.JSONField(default=list)
    state = models.CharField(max_length=20)
    own_code = models.CharField(max_length=64)
    their_code = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    allowed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["worker", "person"], name="one_watch_a_person", condition=Q(state="proxy_allowed"))
        ]
