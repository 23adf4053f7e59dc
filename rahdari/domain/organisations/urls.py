"""Addresses of organisations: the register anyone reads, then the desks, then the steps on one of each."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from .access import PERMITS
from .forms import agreements, steps
from .forms import imports as importing
from .forms import individuals as individual_steps
from .forms import matches as match_steps
from .views import agreements as agreement_pages
from .views import imports, individuals, links, matches, numbers, register

READ = ("GET",)
ONE, PERSON = "desk/<uuid:organisation_id>/", "desk/individuals/<uuid:individual_id>/"
MATCH, IMPORT = "desk/matches/<uuid:match_id>/", "desk/imports/<uuid:import_id>/"
AGREEMENT, FILE = "agreements/<uuid:agreement_id>/", "agreements/desk/<uuid:agreement_id>/"
urlpatterns = [
    door("", register.see_register, PERMITS["see_register"], methods=READ),
    door("<uuid:organisation_id>/", register.see_licence, PERMITS["see_licence"], methods=READ),
    door("desk/", register.see_organisations, PERMITS["see_organisations"], methods=READ),
    door("desk/enter/", step_page(steps.ENTER_ORGANISATION), PERMITS["enter_organisation"]),
    door("desk/apply/", step_page(steps.APPLY_LICENCE), PERMITS["apply_licence"]),
    door("desk/register-support/", step_page(steps.REGISTER_SUPPORT_ORG), PERMITS["register_support_org"]),
    door("desk/individuals/", individuals.see_individuals, PERMITS["see_individuals"], methods=READ),
    door("desk/individuals/enter/", step_page(individual_steps.RECORD_INDIVIDUAL), PERMITS["record_individual"]),
    door(PERSON, individuals.see_individual, PERMITS["see_individual"], methods=READ),
    door(f"{PERSON}papers/<slug:sha256>/", individuals.see_individual_document, PERMITS["see_individual_document"], methods=READ),
    *(door(f"{PERSON}{word}/", step_page(step), PERMITS[step.name]) for word, step in individual_steps.ON_INDIVIDUAL.items()),
    door(ONE, register.see_organisation, PERMITS["see_organisation"], methods=READ),
    door(f"{ONE}papers/<slug:sha256>/", register.see_document, PERMITS["see_document"], methods=READ),
    *(door(f"{ONE}{word}/", step_page(step), PERMITS[step.name]) for word, step in steps.ON_ONE.items()),
    door("agreements/", agreement_pages.see_agreements, PERMITS["see_agreements"], methods=READ),
    door(
        "agreements.csv",
        agreement_pages.take_agreements,
        PERMITS["see_agreements"],
        name="organisations.take_agreements",
        methods=READ,
    ),
    door("agreements/desk/", agreement_pages.see_agreement_files, PERMITS["see_agreement_files"], methods=READ),
    door("agreements/desk/record/", step_page(agreements.RECORD_AGREEMENT), PERMITS["record_agreement"]),
    door(FILE, agreement_pages.see_agreement_file, PERMITS["see_agreement_file"], methods=READ),
    door(f"{FILE}text/<slug:sha256>/", agreement_pages.see_agreement_text, PERMITS["see_agreement_text"], methods=READ),
    *(door(f"{FILE}{word}/", step_page(step), PERMITS[step.name]) for word, step in agreements.ON_ONE.items()),
    door(AGREEMENT, agreement_pages.see_agreement, PERMITS["see_agreement"], methods=READ),
    door(
        f"{AGREEMENT}figures.csv",
        agreement_pages.take_figures,
        PERMITS["see_agreement"],
        name="organisations.take_figures",
        methods=READ,
    ),
    door("numbers/", numbers.see_numbers, PERMITS["see_numbers"], methods=READ),
    door("numbers.csv", numbers.take_numbers, PERMITS["see_numbers"], name="organisations.take_numbers", methods=READ),
    door("desk/imports/", imports.see_imports, PERMITS["see_imports"], methods=READ),
    door("desk/imports/new/", step_page(importing.DRAFT_IMPORT), PERMITS["draft_import"]),
    door(IMPORT, imports.see_import, PERMITS["see_import"], methods=READ),
    door(f"{IMPORT}rows/", imports.see_import_rows, PERMITS["see_import"], name="organisations.see_import_rows", methods=READ),
    door(
        f"{IMPORT}report/", imports.see_import_report, PERMITS["see_import"], name="organisations.see_import_report", methods=READ
    ),
    door(f"{IMPORT}columns/", imports.map_import, PERMITS["map_import"]),
    *(door(f"{IMPORT}{word}/", step_page(step), PERMITS[step.name]) for word, step in importing.ON_IMPORT.items()),
    door("desk/matches/", matches.see_matches, PERMITS["see_matches"], methods=READ),
    door(MATCH, matches.see_match, PERMITS["see_match"], methods=READ),
    *(door(f"{MATCH}{word}/", step_page(step), PERMITS[step.name]) for word, step in match_steps.ON_MATCH.items()),
    door(f"{ONE}links/", links.see_links, PERMITS["see_links"], methods=READ),
    door("desk/likely/", matches.see_likely, PERMITS["see_likely"], methods=READ),
]
