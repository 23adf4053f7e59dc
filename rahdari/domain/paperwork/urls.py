"""Addresses of the official forms: those of a case, those of a demand."""

from rahdari.web.doors import door

from .access import PERMITS
from .views import forms

READ = ("GET",)
CASE, DEMAND = "cases/<uuid:case_id>/", "demands/<uuid:demand_id>/"
urlpatterns = [
    door(CASE, forms.see_forms, PERMITS["see_forms"], methods=READ),
    door(f"{CASE}<slug:form>/", forms.see_form, PERMITS["see_form"], methods=READ),
    door(f"{CASE}<slug:form>/<slug:medium>/", forms.print_form, PERMITS["print_form"], methods=READ),
    door(DEMAND, forms.see_demand_forms, PERMITS["see_demand_forms"], methods=READ),
    door(f"{DEMAND}<slug:form>/", forms.see_demand_form, PERMITS["see_demand_form"], methods=READ),
    door(f"{DEMAND}<slug:form>/<slug:medium>/", forms.print_demand_form, PERMITS["print_demand_form"], methods=READ),
]
