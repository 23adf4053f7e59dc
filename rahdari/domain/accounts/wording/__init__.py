"""Words of accounts: refusals, states, permissions, tasks."""

from django.utils.translation import gettext_lazy as _

from . import letters, proxies
from .roles import ROLE_WORDS

REFUSALS = {
    "second_factor_first": _("Set up your second factor first: an authenticator app or a passkey."),
    "sign_in_wrong": _("The address, the password or the account is not right. Look at each letter and try again."),
    "code_wrong": _("This code is not right. Look at the newest code and try again."),
    "code_not_valid": _("This code does not count any more, or is not right. Ask for a new one."),
    "passkey_wrong": _("This passkey was not accepted. Try again, or use another way."),
    "phone_not_valid": _(
        "This is not a phone number we can send to. Write it with its country code, for example +92 300 1234567."
    ),
    "identity_not_valid": _("This is not a number of the card asked for. Look at the card and copy every digit."),
    "email_taken": _("Somebody has an account with this address already."),
    "phone_taken": _("Somebody has an account with this phone already."),
    "identity_taken": _("Somebody has an account with this card number already."),
    "person_not_found": _("There is no worker with this card number here."),
    "role_not_granted": _("There is no role of this name that can be granted."),
    "body_does_not_fit": _("The role %(role)s does not belong to this office."),
    "not_own_body": _("You may do this only for your own organisation."),
    "not_to_oneself": _("Nobody gives a role to themselves. Ask a colleague who may."),
    "not_staff": _("Roles are given to active staff only."),
    "role_conflict": _("Nobody holds %(role)s and %(other)s together: who files does not decide. End the other role first."),
    "role_held_already": _("This person holds this role already."),
    "not_a_colleague": _("Only a colleague of your own office can stand in for you."),
    "not_delegated_on": _("A role you hold for somebody else cannot be passed on."),
    "delegation_too_long": _("A colleague stands in from now for at most %(days)s days."),
    "last_factor": _("This is your last second factor. Add another one before you remove it."),
    "no_factor_yet": _("Set up an authenticator app or a passkey first."),
    "password_too_weak": _("%(why)s"),
    "link_not_valid": _("This link was used, is too old or was cut. Ask for a new one."),
    "scopes_missing": _("Choose at least one permission."),
    "scope_unknown": _("A token cannot be made for %(scope)s."),
    "token_life_too_long": _("A token lives at most %(days)s days."),
    "too_many_tokens": _("There are %(most)s tokens in force already. Revoke one first."),
    "no_role_for_token": _("A token acts in a role. Choose the role you act in first."),
    "waiting_day_not_over": _("The waiting day is not over. The new phone can be confirmed from %(ready_at)s."),
    "recovery_open": _("A recovery is open for this person already."),
    "phone_not_shown": _("We must see once more that you hold this phone. Ask for a new code."),
    "card_there": _("Your account has the number of a card already. A counter corrects it."),
    "card_and_phone_apart": _(
        "This phone and this card do not belong together here, so nothing was opened. If you have a new number, or a number "
        "somebody else had before, go to a counter with your card: it is put right there."
    ),
    "codes_paused": _(
        "Very many codes were asked for just now. Wait %(minutes)s minutes and try again, or go to a counter with your identity "
        "card: an account is opened there while you wait."
    ),
    "body_id_not_registry": _("An organisation needs a registry id; %(id)s is none."),
    **proxies.REFUSALS,
}

STATES = {
    "recovery_begun": _("waiting day runs"),
    "recovery_confirmed": _("new phone confirmed"),
    "recovery_cancelled": _("cancelled"),
    **proxies.STATES,
}

CODES = {
    **ROLE_WORDS,
    **proxies.CODES,
    **letters.CODES,
    "accounts.confirm_recovery": _("Confirm the new phone"),
    "totp": _("Authenticator app"),
    "webauthn": _("Passkey"),
    "recovery_codes": _("Recovery codes"),
}

PERMISSIONS = {
    "accounts.register_listed": _("Register people a training centre lists"),
    "accounts.forget_people": _("Empty and close an account"),
    "accounts.see_roles": _("Read which roles there are and what each may do"),
    "accounts.sign_in": _("Sign in"),
    "accounts.enter_second_factor": _("Show the second factor while signing in"),
    "accounts.sign_in_by_passkey": _("Sign in with a passkey"),
    "accounts.ask_code": _("Ask for a code by phone"),
    "accounts.enter_code": _("Sign in with the code"),
    "accounts.ask_new_password": _("Ask for a link to choose a new password"),
    "accounts.choose_password": _("Choose a password with the link"),
    "accounts.demonstration": _("Sign in as an invented person of the demonstration"),
    "accounts.see_outbox": _("Read the messages of the demonstration"),
    "accounts.sign_out": _("Sign out"),
    "accounts.see_factors": _("See one's own second factors"),
    "accounts.add_totp": _("Add an authenticator app"),
    "accounts.add_passkey": _("Add a passkey"),
    "accounts.prove_again": _("Show the second factor again before a change"),
    "accounts.remove_factor": _("Remove one of one's own second factors"),
    "accounts.renew_recovery_codes": _("Make new recovery codes"),
    "accounts.see_account": _("See one's own account"),
    "accounts.change_settings": _("Change one's own name and language"),
    "accounts.change_password": _("Change one's own password"),
    "accounts.act_as": _("Choose the role one acts in"),
    "accounts.end_session": _("End one of one's own sessions"),
    "accounts.see_looks": _("See who looked at one's own file"),
    "accounts.see_people": _("See the staff and their roles"),
    "accounts.admit_staff": _("Admit a member of staff"),
    "accounts.grant_role": _("Give a role"),
    "accounts.reset_factors": _("Let somebody who lost every second factor begin anew"),
    "accounts.end_role": _("End a role"),
    "accounts.delegate_role": _("Let a colleague stand in"),
    "accounts.end_delegation": _("End a colleague's standing in"),
    "accounts.see_tokens": _("See one's own tokens for programs"),
    "accounts.make_token": _("Make a token for a program"),
    "accounts.revoke_token": _("Revoke a token"),
    "accounts.note_token_use": _("Note the day a token was used"),
    "accounts.register_at_counter": _("Register a worker at the counter"),
    "accounts.begin_recovery": _("Begin the recovery of a worker's account at the counter"),
    "accounts.confirm_recovery": _("Confirm a worker's new phone after the waiting day"),
    "accounts.cancel_recovery": _("Cancel a recovery"),
    "accounts.seed_bodies": _("Make the bodies of the reference data"),
    "accounts.name_body": _("Make an organisation a body one can act for"),
    "accounts.name_bodies": _("Make many organisations bodies one can act for"),
    "accounts.seed_demonstration": _("Make the invented people of the demonstration"),
    "accounts.add_card": _("Add the number of one's card to one's own account"),
    "accounts.open_account": _("Open one's own account with a phone and a card"),
    "accounts.reclose_fields": _("Close personal fields again with the newest key"),
    **proxies.PERMISSIONS,
    **letters.PERMISSIONS,
}

__all__ = ["CODES", "PERMISSIONS", "REFUSALS", "STATES"]
