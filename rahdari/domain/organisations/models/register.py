"""Tables of organisations: who is registered, the dated history of each licence, and what belongs to it.

What is personal (officers, their numbers and phones, accounts) is closed at rest and found by blind index alone.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from rahdari.base.indexes import BlindIndex, BlindIndexes
from rahdari.base.rows import Row
from rahdari.base.secrets import ClosedText

from ..rules.names import fold, keys_of_person
from .purposes import ACCOUNT, IDENTITY, NAME, NAME_KEY, PHONE


class Organisation(Row):
    """One entry of a register; `home` is the state that keeps it, and where that is the other one the row is read-only here.

    `state`, `number` and `valid_until` (the first day without validity) repeat the newest decided change. `published_at` is
    when it was first told to anyone; until then it is an application and nobody's business. Of a mirrored entry `statement`
    and `issued_at` are those of the newest statement.
    """

    registry_id = models.CharField(max_length=80, unique=True)
    home = models.CharField(max_length=2)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=16, default="applied")
    number = models.CharField(max_length=40, blank=True)
    old_numbers = models.JSONField(default=list)
    address = models.CharField(max_length=300, blank=True)
    valid_until = models.DateField(null=True)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)
    statement = models.UUIDField(null=True)
    issued_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["home", "kind", "number"], name="one_organisation_a_number", condition=~Q(number="") & Q(statement=None)
            ),
        ]
        indexes = [
            models.Index(fields=["number"], name="organisations_by_number"),
            GinIndex(fields=["old_numbers"], name="organisations_by_old_number"),
            models.Index(fields=["home", "state", "-entered_at"], name="organisations_by_state"),
            models.Index(
                fields=["valid_until"], name="licences_that_end", condition=Q(state__in=["valid", "restored", "suspended"])
            ),
        ]


class OrganisationName(Row):
    """A name in one script; it is found by `search_keys`, made as version `keyed_by` of the workshop of names makes them."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="names")
    script = models.CharField(max_length=4)
    value = models.CharField(max_length=200)
    folded = models.CharField(max_length=400)
    search_keys = ArrayField(models.CharField(max_length=80), default=list)
    keyed_by = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        indexes = [
            GinIndex(fields=["search_keys"], name="organisations_by_keys"),
            models.Index(fields=["keyed_by"], name="names_to_key_anew"),
        ]


class Identifier(Row):
    """Another number of an organisation, of a kind of `identifiers.json`, as it is written there."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=40)
    value = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "kind"], name="one_identifier_a_kind")]
        indexes = [models.Index(fields=["kind", "value"], name="identifiers_by_value")]


class LicenceChange(Row):
    """One row of a licence's history: the state from a day on, with ground, hearing and appeal.

    Entered by one officer it is an order that waits; it holds once another decided it (`decided_at`). Of a mirrored entry each
    statement that changes something is one row. `text` and `papers` stay on the node that decided.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="changes")
    use_case = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=16)
    from_on = models.DateField(null=True)
    until = models.DateField(null=True)
    number = models.CharField(max_length=40, blank=True)
    ground = models.CharField(max_length=40)
    law = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=4000, blank=True)
    papers = models.JSONField(default=list)
    known_by = models.CharField(max_length=20, blank=True)
    shown_cause_on = models.DateField(null=True)
    hearing_on = models.DateField(null=True)
    interim = models.BooleanField(default=False)
    declarations_filed = models.BooleanField(default=False)
    workers_settled = models.BooleanField(default=False)
    appeal = models.CharField(max_length=12, blank=True)
    appeal_until = models.DateField(null=True)
    appealed_on = models.DateField(null=True)
    appeal_text = models.TextField(max_length=4000, blank=True)
    appealed_by = models.UUIDField(null=True)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    statement = models.UUIDField(null=True)

    class Meta:
        ordering = ["entered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], name="one_open_order_a_licence", condition=Q(decided_at=None, withdrawn_at=None)
            ),
            models.CheckConstraint(
                condition=Q(entered_by=None) | Q(decided_by=None) | ~Q(entered_by=F("decided_by")), name="licences_have_four_eyes"
            ),
            models.CheckConstraint(condition=Q(decided_at=None) | Q(from_on__isnull=False), name="what_holds_holds_from_a_day"),
        ]


class Officer(Row):
    """A person behind an organisation: name and number closed at rest, told to the other state's authorities alone.

    `name_keys` are blind indexes of the sounds of two words of the name each (docs/decisions/0014-keys-of-names.md).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="officers")
    role = models.CharField(max_length=20)
    name = ClosedText()
    name_index = BlindIndex(NAME, lambda row: fold(row.name))
    name_keys = BlindIndexes(NAME_KEY, lambda row: keys_of_person(row.name))
    keyed_by = models.PositiveSmallIntegerField(default=0)
    identity = ClosedText(null=True)
    identity_index = BlindIndex(IDENTITY, lambda row: row.identity, blank=True)
    from_on = models.DateField(null=True)
    until = models.DateField(null=True)
    statement = models.UUIDField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["identity_index"], name="officers_by_identity", condition=~Q(identity_index="")),
            models.Index(fields=["name_index"], name="officers_by_name"),
            GinIndex(fields=["name_keys"], name="officers_by_keys"),
            models.Index(fields=["keyed_by"], name="officers_to_key_anew"),
        ]


class Phone(Row):
    """A telephone: of an office in the open (`shown`), of a person closed at rest."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="phones")
    office = models.BooleanField(default=True)
    shown = models.CharField(max_length=20, blank=True)
    number = ClosedText(null=True)
    number_index = BlindIndex(PHONE, lambda row: row.shown or row.number)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(office=True) | Q(shown=""), name="personal_phones_are_closed")]
        indexes = [models.Index(fields=["number_index"], name="organisations_by_phone")]


class Account(Row):
    """A bank account of an organisation; the number is closed at rest."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="accounts")
    bank = models.CharField(max_length=120)
    number = ClosedText()
    number_index = BlindIndex(ACCOUNT, lambda row: row.number)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["number_index"], name="organisations_by_account")]


class Branch(Row):
    """Another place of business named on a licence, from a day on."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="branches")
    city = models.CharField(max_length=80)
    address = models.CharField(max_length=300, blank=True)
    from_on = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["from_on", "id"]


class Deposit(Row):
    """The security an organisation lodged with the state; amounts in the smallest unit of the currency."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="deposits")
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=60)
    lodged_on = models.DateField()
    released_on = models.DateField(null=True)

    class Meta:
        ordering = ["lodged_on", "id"]


class PowerOfAttorney(Row):
    """What a principal gave a promoter: from a day until another (exclusive), for which demand; the signatory is closed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="powers")
    principal = models.CharField(max_length=80)
    principal_name = models.CharField(max_length=200)
    from_on = models.DateField(null=True)
    until = models.DateField()
    signatory = ClosedText(null=True)
    demand = models.UUIDField()

    class Meta:
        ordering = ["-until", "id"]
        constraints = [models.UniqueConstraint(fields=["demand"], name="one_power_a_demand")]


class LicenceCheck(Row):
    """The answer to "is this licence valid?" at one step of the line, kept as it was given.

    `asked` is the number or registry id that was asked about; `organisation` is empty where the register knows none.
    """

    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="checks")
    asked = models.CharField(max_length=80)
    on = models.DateField()
    state = models.CharField(max_length=16)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    valid = models.BooleanField()
    by_form = models.BooleanField(default=False)
    use_case = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "at"], name="licence_checks_of_a_subject"),
            models.Index(fields=["organisation", "-at"], name="checks_of_a_licence"),
        ]
