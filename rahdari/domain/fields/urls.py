"""Addresses of fields: what anyone reads, then the desk, then one field by its code."""

from rahdari.web.doors import door

from .access import PERMITS
from .views import asking, ordering, public, tables

READ = ("GET",)
urlpatterns = [
    door("", public.see_fields, PERMITS["see_fields"], methods=READ),
    door("history/", public.see_history, PERMITS["see_history"], methods=READ),
    door("reference/", tables.see_reference, PERMITS["see_reference"], methods=READ),
    door("reference/<slug:table>/", tables.see_table, PERMITS["see_table"], methods=READ),
    door("reference/<slug:table>.csv", tables.take_table, PERMITS["see_table"], name="fields.take_table", methods=READ),
    door("orders/", ordering.see_orders, PERMITS["see_orders"], methods=READ),
    door("orders/<uuid:order_id>/", ordering.see_order, PERMITS["see_order"], methods=READ),
    door("orders/<uuid:order_id>/decide/", ordering.decide_order, PERMITS["decide_order"]),
    door("orders/<uuid:order_id>/change/", ordering.change_order, PERMITS["change_order"]),
    door("orders/<uuid:order_id>/lift/", ordering.lift_order, PERMITS["lift_order"]),
    door("orders/<uuid:order_id>/withdraw/", ordering.withdraw_order, PERMITS["withdraw_order"]),
    door("requests/<uuid:request_id>/", asking.see_request, PERMITS["see_request"], methods=READ),
    door("requests/<uuid:request_id>/decline/", asking.decline_request, PERMITS["decline_request"]),
    door("requests/<uuid:request_id>/withdraw/", asking.withdraw_request, PERMITS["withdraw_request"]),
    door("<slug:code>/", public.see_field, PERMITS["see_field"], methods=READ),
    door("<slug:code>/ceilings.csv", public.see_ceilings, PERMITS["see_ceilings"], methods=READ),
    door("<slug:code>/ask-stop/", asking.ask_stop, PERMITS["ask_stop"]),
    door("<slug:code>/ask-lift/", asking.ask_lift, PERMITS["ask_lift"]),
    door("<slug:code>/announce/", ordering.announce_order, PERMITS["announce_order"]),
]
