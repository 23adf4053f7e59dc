"""What the messages of accounts are called in the list of messages, and what became of one."""

from django.utils.translation import gettext_lazy as _

PERMISSIONS = {"accounts.see_letters": _("See the messages that were sent to oneself")}
CODES = {
    "accounts/letters/code": _("Your code for Rahdari"),
    "accounts/letters/factor_changed": _("Your second factors were changed"),
    "accounts/letters/factors_reset": _("Begin anew on Rahdari"),
    "accounts/letters/new_password": _("Choose a new password"),
    "accounts/letters/number_asked": _("Your number at a counter"),
    "accounts/letters/proxy_own": _("Your code to let somebody watch"),
    "accounts/letters/proxy_their": _("Somebody of your family asks you to watch"),
    "accounts/letters/recovery_begun": _("A new phone for your account"),
    "accounts/letters/recovery_confirmed": _("Your account has a new phone"),
    "accounts/letters/welcome": _("Your account on Rahdari"),
    "way_sms": _("SMS"),
    "way_email": _("E-mail"),
}
