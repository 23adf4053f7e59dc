"""Addresses of accounts."""

from rahdari.web.doors import door

from .access import PERMITS
from .views import account, counter, demonstration, factors, opening, passwords, proxies, roles, sign_in, tokens

GET, POST = ("GET",), ("POST",)

urlpatterns = [
    door("", account.see_account, PERMITS["see_account"], methods=GET),
    door("sign-in/", sign_in.sign_in, PERMITS["sign_in"]),
    door("second-factor/", sign_in.enter_second_factor, PERMITS["enter_second_factor"]),
    door("passkey/", sign_in.sign_in_by_passkey, PERMITS["sign_in_by_passkey"]),
    door("code/ask/", sign_in.ask_code, PERMITS["ask_code"]),
    door("code/", sign_in.enter_code, PERMITS["enter_code"]),
    door("sign-out/", sign_in.sign_out, PERMITS["sign_out"], methods=POST),
    door("password/", passwords.ask_new_password, PERMITS["ask_new_password"]),
    door("password/<uuid:person_id>/<str:token>/", passwords.choose_password, PERMITS["choose_password"]),
    door("password/change/", passwords.change_password, PERMITS["change_password"]),
    door("settings/", account.change_settings, PERMITS["change_settings"], methods=POST),
    door("act-as/", account.act_as, PERMITS["act_as"], methods=POST),
    door("stand-in/", account.delegate_role, PERMITS["delegate_role"], methods=POST),
    door("stand-in/<uuid:grant_id>/end/", account.end_delegation, PERMITS["end_delegation"], methods=POST),
    door("sessions/<int:session_id>/end/", account.end_session, PERMITS["end_session"], methods=POST),
    door("looks/", account.see_looks, PERMITS["see_looks"], methods=GET),
    door("letters/", account.see_letters, PERMITS["see_letters"], methods=GET),
    door("factors/", factors.see_factors, PERMITS["see_factors"], methods=GET),
    door("factors/app/", factors.add_totp, PERMITS["add_totp"]),
    door("factors/passkey/", factors.add_passkey, PERMITS["add_passkey"]),
    door("factors/<int:factor_id>/remove/", factors.remove_factor, PERMITS["remove_factor"], methods=POST),
    door("factors/recovery-codes/", factors.renew_recovery_codes, PERMITS["renew_recovery_codes"], methods=POST),
    door("factors/again/", factors.prove_again, PERMITS["prove_again"]),
    door("tokens/", tokens.see_tokens, PERMITS["see_tokens"], methods=GET),
    door("tokens/make/", tokens.make_token, PERMITS["make_token"], methods=POST),
    door("tokens/<uuid:token_id>/revoke/", tokens.revoke_token, PERMITS["revoke_token"], methods=POST),
    door("roles/", roles.see_roles, PERMITS["see_roles"], methods=GET),
    door("roles/<uuid:grant_id>/end/", roles.end_role, PERMITS["end_role"], methods=POST),
    door("people/", roles.see_people, PERMITS["see_people"], methods=GET),
    door("people/admit/", roles.admit_staff, PERMITS["admit_staff"], methods=POST),
    door("people/<uuid:person_id>/", roles.grant_role, PERMITS["grant_role"]),
    door("people/<uuid:person_id>/reset/", roles.reset_factors, PERMITS["reset_factors"], methods=POST),
    door("counter/register/", counter.register_at_counter, PERMITS["register_at_counter"]),
    door("counter/", counter.begin_recovery, PERMITS["begin_recovery"]),
    door("counter/<uuid:recovery_id>/", counter.confirm_recovery, PERMITS["confirm_recovery"]),
    door("counter/<uuid:recovery_id>/cancel/", counter.cancel_recovery, PERMITS["cancel_recovery"], methods=POST),
    door("demonstration/", demonstration.demonstration, PERMITS["demonstration"]),
    door("card/", opening.add_card, PERMITS["add_card"]),
    door("open/", opening.open_account, PERMITS["open_account"]),
    door("watchers/", proxies.ask_proxy, PERMITS["ask_proxy"]),
    door("watchers/<uuid:proxy_id>/", proxies.allow_proxy, PERMITS["allow_proxy"]),
    door("watchers/<uuid:proxy_id>/end/", proxies.end_proxy, PERMITS["end_proxy"], methods=POST),
    door("watching/", proxies.see_watches, PERMITS["see_watches"], methods=GET),
    door("watching/<uuid:proxy_id>/", proxies.see_watched, PERMITS["see_watched"], methods=GET),
    door("outbox/", demonstration.see_outbox, PERMITS["see_outbox"], methods=GET),
]
